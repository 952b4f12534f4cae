// SPDX-License-Identifier: MIT
#include "medusa/plan/journal.hpp"

#include <algorithm>

#include "medusa/core/text.hpp"

namespace medusa {

namespace {

template <typename Matches>
const BegunMigration* find(const std::vector<BegunMigration>& begun, Matches matches) {
  const auto found = std::find_if(begun.begin(), begun.end(), matches);
  return found == begun.end() ? nullptr : &*found;
}

}  // namespace

const BegunMigration* Journal::applying(const std::string& name) const {
  return find(begun_, [&](const BegunMigration& each) { return each.up && each.name == name; });
}

const BegunMigration* Journal::reverting(const std::string& name, std::int64_t id) const {
  return find(begun_, [&](const BegunMigration& each) {
    return !each.up && each.name == name && each.id == id;
  });
}

std::string to_text(const BegunMigration& begun) {
  std::string text = "upgrade " + std::to_string(begun.upgrade) + " did " +
                     (begun.done == 0 ? "none" : plural(begun.done, "statement")) +
                     (begun.up ? " of it" : " of taking it back");
  if (!begun.open.empty()) {
    text += " and ended in " + begun.open;
  }
  return text;
}

std::string half_done_text(const BegunMigration& begun) {
  std::string text = (begun.up ? "half done: " : "half reverted: ") + to_text(begun);
  if (begun.edited.has_value()) {
    text += ", and its statement " + std::to_string(begun.edited->ordinal) +
            (begun.edited->now.empty() ? " is gone" : " was edited since");
  }
  return text;
}

}  // namespace medusa
