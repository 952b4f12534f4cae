// SPDX-License-Identifier: MIT
#include "medusa/catalog/program.hpp"

#include "failure.hpp"
#include "step.hpp"

namespace medusa {

namespace {

std::vector<QueryResult> send(const LoweredStatement& statement, Connection& connection) {
  if (!statement.parameters.has_value()) {
    return connection.execute(statement.sql);
  }
  const std::vector<Parameter> parameters(statement.parameters->begin(),
                                          statement.parameters->end());
  return {connection.execute(statement.sql, parameters)};
}

bool is_yes(const std::vector<QueryResult>& results) {
  return !results.empty() && !results.back().rows.empty();
}

// As deep as the recorder's bound on questions.
void run_program(const LoweredProgram& program, const PlanStep& step, const StepContext& context) {
  for (const LoweredNode& node : program) {
    std::vector<QueryResult> results;
    try {
      results = send(node.statement, context.session.connection());
    } catch (const SqlError& error) {
      Diagnostic diagnostic = step_failure(step, context.direction, error.fields().message);
      if (node.statement.place.line > 0) {
        diagnostic.location = node.statement.place;
      }
      describe_sql_error(diagnostic, error.fields(), node.statement.sql);
      throw Error(diagnostic);
    }
    if (node.is_question) {
      run_program(is_yes(results) ? node.yes : node.no, step, context);
    }
  }
}

}  // namespace

bool run_lowered_step(const PlanStep& step, const StepContext& context) {
  const bool up = context.direction == Direction::Up;
  const Migration& migration = step.migration;
  if (!migration.is_lowered(up) || !context.session.schema_leads()) {
    return false;
  }
  const Lowering lowering = load_lowering(migration, up);
  if (!lowering.program.has_value() || (lowering.needs_transaction && !context.in_transaction)) {
    return false;
  }
  run_program(*lowering.program, step, context);
  return true;
}

}  // namespace medusa
