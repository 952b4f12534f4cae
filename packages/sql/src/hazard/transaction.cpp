// SPDX-License-Identifier: MIT
// What begins or ends a transaction. What runs in none is no hazard: its migration has none.
#include <string>

#include "medusa/sql/rollback.hpp"

#include "hazard/families.hpp"

namespace medusa {

void transaction_hazards(Effects& effects, const Node& statement, std::string_view sql) {
  if (statement.node_case != PG_QUERY__NODE__NODE_TRANSACTION_STMT) {
    return;
  }
  if (std::string what = find_irreversible(sql); !what.empty()) {
    effects.footprint().hazards.push_back(
        {.rule = HazardRule::TransactionControl, .name = std::move(what)});
  }
}

}  // namespace medusa
