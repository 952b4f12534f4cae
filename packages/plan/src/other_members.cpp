// SPDX-License-Identifier: MIT
#include "other_members.hpp"

namespace medusa {

std::vector<std::vector<std::string>> notes_on_other_members(const KnownMigrations& known,
                                                             const SchemaState& after) {
  std::vector<std::vector<std::string>> notes(known.size() - known.applied());
  for (const TableOwnership& table : after.ownership()) {
    if (!table.creator.has_value()) {
      continue;
    }
    const std::string& owner = known.at(*table.creator).member;
    for (const MigrationNumber changer : table.changers) {
      if (changer >= known.applied() && known.at(changer).member != owner) {
        notes[changer - known.applied()].push_back("changes " + known.text(table.table) + " of " +
                                                   owner);
      }
    }
  }
  for (const TakenAlong& taken : after.taken_along()) {
    if (!taken.creator.has_value() || taken.by < known.applied()) {
      continue;
    }
    const std::string& owner = known.at(*taken.creator).member;
    if (known.at(taken.by).member != owner) {
      notes[taken.by - known.applied()].push_back("drops " + known.text(taken.object) + " of " +
                                                  owner + " along with what it is part of");
    }
  }
  return notes;
}

}  // namespace medusa
