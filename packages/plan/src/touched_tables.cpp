// SPDX-License-Identifier: MIT
#include "touched_tables.hpp"

namespace medusa {

std::vector<std::vector<std::string>> notes_on_foreign_tables(const KnownMigrations& known,
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
  return notes;
}

}  // namespace medusa
