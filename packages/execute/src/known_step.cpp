// SPDX-License-Identifier: MIT
#include "known_step.hpp"

#include <algorithm>

#include "medusa/core/error.hpp"
#include "medusa/sql/pipelining.hpp"

namespace medusa {

std::optional<KnownStep> pipelined_step(const PlanStep& step,
                                        Direction direction,
                                        bool schema_leads) {
  std::optional<KnownStep> known;
  try {
    if (step.migration.kind == MigrationKind::Sql) {
      known = known_sql_step(step, direction, true);
    } else if (schema_leads) {
      known = known_lowered_step(step, direction);
    }
  } catch (const Error&) {
    return std::nullopt;  // it will say so again when it is its turn
  }
  if (known.has_value() &&
      !std::all_of(known->statements.begin(), known->statements.end(), [](const auto& each) {
        return can_be_pipelined(each.statement.sql);
      })) {
    return std::nullopt;
  }
  return known;
}

}  // namespace medusa
