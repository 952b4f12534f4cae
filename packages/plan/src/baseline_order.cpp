// SPDX-License-Identifier: MIT
#include "baseline_order.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <string>

#include "needs_in_circles.hpp"
#include "symbolic_run.hpp"

namespace medusa {

SchemaState replayed_schema(const KnownMigrations& known, const UpgradeFacts& facts) {
  SchemaSnapshot empty = facts.snapshot;
  empty.rules.clear();
  empty.filled_tables.clear();
  std::erase_if(empty.objects, [](const SchemaObject& object) {
    return object.ref.kind != ObjectKind::Schema && object.ref.kind != ObjectKind::Extension;
  });
  SchemaState state(
      facts.schema, empty, facts.schema_is_set ? PathRule::Entered : PathRule::Connection);
  for (MigrationNumber number = 0; number < known.size(); ++number) {
    state.announce(known.footprint(number).statements);
  }
  for (MigrationNumber number = 0; number < known.applied(); ++number) {
    static_cast<void>(state.apply(number, known.footprint(number).statements));
  }
  return state;
}

UpgradeOrder baseline_order(const Catalog& catalog,
                            const History& history,
                            const KnownMigrations& known,
                            const SchemaState& start) {
  std::set<std::string> waived;
  while (true) {
    SymbolicRun run(known, start, TransactionMode::Each, waived);
    UpgradeOrder order = order_upgrade(catalog, history, &run);
    if (order.ordering.complete()) {
      return order;
    }
    const std::size_t before = waived.size();
    for (const std::size_t node : explain_stuck(order, run).unprovided) {
      const std::vector<std::string> keys = run.missing(node);
      waived.insert(keys.begin(), keys.end());
    }
    if (waived.size() == before) {
      return order_upgrade(catalog, history);  // a circle: no order meets every need
    }
  }
}

}  // namespace medusa
