// SPDX-License-Identifier: MIT
#include <memory>
#include <utility>

#include "medusa/sql/migration_file.hpp"
#include "medusa/sql/position.hpp"
#include "medusa/system/files.hpp"

#include "failure.hpp"
#include "known_step.hpp"
#include "step.hpp"

namespace medusa {

namespace {

/// The place in the file that the server's position inside one statement means.
Location place_in_file(const Migration& migration,
                       const std::string& content,
                       const Statement& statement,
                       const SqlErrorFields& error) {
  std::size_t offset = statement.offset;
  if (!error.position.empty()) {
    offset += offset_of_character(statement.text, std::stoul(error.position));
  }
  Location location = position_at(content, offset);
  location.file = migration.source;
  return location;
}

void refuse_transaction_control(const PlanStep& step,
                                Direction direction,
                                const std::string& content,
                                const Statement& statement) {
  Diagnostic diagnostic = step_failure(
      step, direction, "it begins or ends a transaction itself, but runs inside the upgrade's");
  diagnostic.location = place_in_file(step.migration, content, statement, {});
  diagnostic.hint = "remove the statement, or write '-- migrate:up transaction:false'";
  throw Error(diagnostic);
}

StepRefusal refusal(const PlanStep& step,
                    Direction direction,
                    const std::string& content,
                    const Statement& statement,
                    const SqlError& error) {
  Diagnostic diagnostic = step_failure(step, direction, error.fields().message);
  diagnostic.location = place_in_file(step.migration, content, statement, error.fields());
  describe_sql_error(diagnostic, error.fields(), statement.text);
  return StepRefusal(diagnostic, error.sqlstate());
}

}  // namespace

KnownStep known_sql_step(const PlanStep& step, Direction direction, bool in_transaction) {
  const auto content =
      std::make_shared<const std::string>(read_file(step.migration.source, ErrorCode::Build));
  const SqlMigration migration = parse_sql_migration(*content);
  const bool up = direction == Direction::Up;
  if (!up && !migration.has_down) {
    Diagnostic diagnostic = step_failure(step, direction, "it has no '-- migrate:down' section");
    diagnostic.hint = "write one, even an empty one, if there is nothing to undo";
    throw Error(diagnostic);
  }
  KnownStep known;
  LoweredProgram program;
  for (const Statement& statement : up ? migration.up : migration.down) {
    if (in_transaction && statement.effect != TransactionEffect::None) {
      refuse_transaction_control(step, direction, *content, statement);
    }
    known.statements.push_back(
        {.statement = {.sql = statement.text},
         .failure = [&step, direction, content, statement](const SqlError& error) {
           return refusal(step, direction, *content, statement, error);
         }});
    program.push_back({.statement = {.sql = statement.text}});
  }
  known.lowering.program = std::move(program);
  return known;
}

Lowering run_sql_step(const PlanStep& step, const StepContext& context) {
  KnownStep known = known_sql_step(step, context.direction, context.in_transaction);
  for (const KnownStatement& each : known.statements) {
    try {
      context.connection.execute(each.statement.sql);
    } catch (const SqlError& error) {
      throw each.failure(error);
    }
  }
  return std::move(known.lowering);
}

}  // namespace medusa
