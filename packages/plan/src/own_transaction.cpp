// SPDX-License-Identifier: MIT
#include "medusa/plan/own_transaction.hpp"

#include <optional>

#include "medusa/sql/plain_statement.hpp"
#include "medusa/sql/rollback.hpp"

namespace medusa {

namespace {

/// A recorded program never has such a statement: that made its migration dynamic.
bool may_have_one(const Migration& migration) {
  return migration.kind == MigrationKind::Sql;
}

std::optional<Diagnostic> refusal_of(const Migration& migration, const LoweredProgram& program) {
  for (const LoweredNode& node : program) {
    for (const PlainStatement& statement : read_plain_statements(node.statement.sql)) {
      if (statement.effect != TransactionEffect::None) {
        return own_transaction_refusal(
            migration, find_irreversible(statement.text), node.statement.place);
      }
    }
  }
  return std::nullopt;
}

}  // namespace

Diagnostic own_transaction_refusal(const Migration& migration,
                                   const std::string& statement,
                                   const Location& place) {
  return {.code = ErrorCode::Plan,
          .message = migration.id() + " begins or ends a transaction itself" +
                     (statement.empty() ? "" : " (" + statement + ')') +
                     ", but runs inside the upgrade's",
          .location = place,
          .notes = {"medusa explain transaction-control tells why that cannot be"},
          .hint = migration.kind == MigrationKind::Sql
                      ? "remove the statement, or write '-- migrate:up transaction:false'"
                      : "remove the statement, or give the class 'transaction = false'"};
}

std::vector<Diagnostic> own_transaction_refusals(const Plan& plan, const ProgramSource& programs) {
  std::vector<Diagnostic> refusals;
  for (const PlanGroup& group : plan.groups) {
    for (const PlanStep& step : group.steps) {
      if (!group.transactional || !may_have_one(step.migration)) {
        continue;
      }
      const Lowering lowering = programs(step.migration, plan.direction == Direction::Up);
      if (lowering.program.has_value()) {
        if (auto refusal = refusal_of(step.migration, *lowering.program)) {
          refusals.push_back(std::move(*refusal));
        }
      }
    }
  }
  return refusals;
}

}  // namespace medusa
