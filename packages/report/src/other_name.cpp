// SPDX-License-Identifier: MIT
#include "other_name.hpp"

namespace medusa {

std::string other_name_in_words(const StatusRow& row) {
  if (!row.other_name.has_value()) {
    return {};
  }
  const std::string& name = row.other_name->name;
  if (!row.migration.has_value()) {
    return row.other_name->same_sql ? "renamed to " + name
                                    : "in no member, but " + name + " has its timestamp";
  }
  return row.other_name->same_sql ? "applied already, as " + name
                                  : "has the timestamp of " + name + ", which is missing";
}

Json other_name_json(const StatusRow& row) {
  if (!row.other_name.has_value()) {
    return nullptr;
  }
  return {{"name", row.other_name->name}, {"same_sql", row.other_name->same_sql}};
}

}  // namespace medusa
