// SPDX-License-Identifier: MIT
#include "medusa/schema/snapshot.hpp"

#include <algorithm>
#include <iterator>

namespace medusa {

namespace {

bool belongs_to_extension(const SchemaObject& object) {
  return std::any_of(object.depends_on.begin(), object.depends_on.end(), [](const auto& needed) {
    return needed.owned && needed.object.kind == ObjectKind::Extension;
  });
}

std::vector<std::string> names_of(const SchemaSnapshot& snapshot) {
  std::vector<std::string> names;
  for (const SchemaObject& object : snapshot.objects) {
    if (!belongs_to_extension(object)) {
      names.push_back(std::string(to_string(object.ref.kind)) + ' ' + object.ref.text());
    }
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

std::vector<std::string> differences(const SchemaSnapshot& first, const SchemaSnapshot& second) {
  const std::vector<std::string> ours = names_of(first);
  const std::vector<std::string> theirs = names_of(second);
  std::vector<std::string> only_ours;
  std::vector<std::string> only_theirs;
  std::set_difference(
      ours.begin(), ours.end(), theirs.begin(), theirs.end(), std::back_inserter(only_ours));
  std::set_difference(
      theirs.begin(), theirs.end(), ours.begin(), ours.end(), std::back_inserter(only_theirs));
  std::vector<std::string> lines;
  for (const std::string& name : only_ours) {
    lines.push_back("- " + name);
  }
  for (const std::string& name : only_theirs) {
    lines.push_back("+ " + name);
  }
  return lines;
}

}  // namespace medusa
