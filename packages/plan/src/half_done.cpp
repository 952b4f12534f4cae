// SPDX-License-Identifier: MIT
#include "medusa/plan/half_done.hpp"

#include <algorithm>
#include <utility>

namespace medusa {

namespace {

/// Reverting goes back from what was executed last: how many that is up to this row; 0: there is no
/// such row.
std::ptrdiff_t steps_back(const BegunMigration& begun, const History& history) {
  const auto& rows = history.rows();
  const auto row = std::find_if(rows.rbegin(), rows.rend(), [&](const AppliedMigration& each) {
    return each.id == begun.id && each.name == begun.name;
  });
  return row == rows.rend() ? 0 : row - rows.rbegin() + 1;
}

bool is_true(const BegunMigration& begun, const History& history) {
  return begun.up ? !history.contains(begun.name) : steps_back(begun, history) > 0;
}

std::string command_for(const BegunMigration& begun,
                        const Catalog& catalog,
                        const History& history) {
  const Migration* const migration = catalog.find(begun.name);
  if (migration == nullptr || begun.edited.has_value() || (begun.up && !migration->enabled)) {
    return {};
  }
  if (begun.up) {
    return "medusa migrations run";
  }
  const std::ptrdiff_t steps = steps_back(begun, history);
  return "medusa migrations revert" + (steps > 1 ? " --steps " + std::to_string(steps) : "");
}

/// Of one that could go on, if it were not for what was edited.
std::string edited_warning(const BegunMigration& begun, const Migration& migration) {
  return migration.id() + " cannot go on (" + half_done_text(begun) +
         "): medusa migrations verify tells what to do";
}

std::string reverting_warning(const BegunMigration& begun, const Migration* migration) {
  return (migration == nullptr ? begun.name : migration->id()) + " is half reverted (" +
         to_text(begun) + "); no run changes that: " +
         (begun.command.empty() ? "bring back the file (or the plugin) that ships it, then medusa "
                                  "migrations revert goes on"
                                : begun.command + " goes on with it");
}

/// Of one that no run can go on with.
std::string applying_warning(const BegunMigration& begun, const Migration* migration) {
  return migration == nullptr
             ? begun.name + " is half done (" + to_text(begun) +
                   ") and in no member: bring back the file (or the plugin) that ships it, then "
                   "medusa migrations run goes on"
             : migration->id() + " is half done (" + to_text(begun) +
                   ") and its feature flag is off: medusa migrations run goes on once it is on";
}

}  // namespace

Journal half_done(const Journal& journal, const Catalog& catalog, const History& history) {
  std::vector<BegunMigration> found;
  for (const BegunMigration& begun : journal.begun()) {
    if (is_true(begun, history)) {
      found.push_back(begun);
      found.back().command = command_for(begun, catalog, history);
    }
  }
  return Journal(std::move(found));
}

std::vector<std::string> half_done_warnings(const Journal& journal,
                                            const Catalog& catalog,
                                            const History& history) {
  std::vector<std::string> warnings;
  const Journal found = half_done(journal, catalog, history);
  for (const BegunMigration& begun : found.begun()) {
    const Migration* const migration = catalog.find(begun.name);
    if (migration != nullptr && begun.edited.has_value()) {
      warnings.push_back(edited_warning(begun, *migration));
    } else if (!begun.up) {
      warnings.push_back(reverting_warning(begun, migration));
    } else if (begun.command.empty()) {
      warnings.push_back(applying_warning(begun, migration));
    }
  }
  return warnings;
}

}  // namespace medusa
