// SPDX-License-Identifier: MIT
#include "starting_schema.hpp"

namespace medusa {

SchemaState starting_schema(const KnownMigrations& known, const UpgradeFacts& facts) {
  SchemaState state(
      facts.schema, facts.snapshot, facts.schema_is_set ? PathRule::Entered : PathRule::Connection);
  for (MigrationNumber number = 0; number < known.size(); ++number) {
    if (number < known.applied()) {
      state.credit(number, known.footprint(number).statements);
    } else if (facts.footprints.may_create_function(known.at(number))) {
      state.announce(known.footprint(number).statements);
    }
  }
  return state;
}

}  // namespace medusa
