// SPDX-License-Identifier: MIT
#include "medusa/catalog/program.hpp"

#include "failure.hpp"
#include "known_step.hpp"
#include "literal_place.hpp"
#include "step.hpp"

namespace medusa {

namespace {

StepRefusal failure_of(const SqlError& error,
                       const LoweredStatement& statement,
                       const PlanStep& step,
                       Direction direction) {
  Diagnostic diagnostic = step_failure(step, direction, error.fields().message);
  if (statement.place.line > 0) {
    const auto offset = offset_in(statement.sql, error.fields());
    diagnostic.location =
        offset.has_value()
            ? place_in_literal(statement.place, statement.sql, *offset).value_or(statement.place)
            : statement.place;
  }
  describe_sql_error(diagnostic, error.fields(), statement.sql);
  return StepRefusal(diagnostic, error.sqlstate());
}

// As deep as the recorder's bound on questions.
void run_program(const LoweredProgram& program, const PlanStep& step, const StepContext& context) {
  for (const LoweredNode& node : program) {
    try {
      if (node.is_question) {
        const bool yes = context.connection.ask(node.statement);
        run_program(yes ? node.yes : node.no, step, context);
      } else {
        context.connection.execute(node.statement);
      }
    } catch (const SqlError& error) {
      throw failure_of(error, node.statement, step, context.direction);
    }
  }
}

}  // namespace

std::optional<KnownStep> known_lowered_step(const PlanStep& step, Direction direction) {
  const bool up = direction == Direction::Up;
  if (!step.migration.is_lowered(up)) {
    return std::nullopt;
  }
  KnownStep known{.lowering = load_lowering(step.migration, up)};
  if (!known.lowering.program.has_value()) {
    return std::nullopt;
  }
  for (const LoweredNode& node : *known.lowering.program) {
    if (node.is_question) {
      return std::nullopt;
    }
    known.statements.push_back(
        {.statement = node.statement,
         .failure = [&step, direction, statement = node.statement](const SqlError& error) {
           return failure_of(error, statement, step, direction);
         }});
  }
  return known;
}

std::optional<Lowering> run_lowered_step(const PlanStep& step, const StepContext& context) {
  const bool up = context.direction == Direction::Up;
  const Migration& migration = step.migration;
  if (!migration.is_lowered(up) || !context.session.schema_leads()) {
    return std::nullopt;
  }
  Lowering lowering = load_lowering(migration, up);
  if (!lowering.program.has_value() || (lowering.needs_transaction && !context.in_transaction)) {
    return std::nullopt;
  }
  run_program(*lowering.program, step, context);
  return lowering;
}

}  // namespace medusa
