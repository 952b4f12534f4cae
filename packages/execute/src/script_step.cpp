// SPDX-License-Identifier: MIT
#include <string_view>

#include "medusa/core/text.hpp"
#include "medusa/sql/statement.hpp"

#include "failure.hpp"
#include "literal_place.hpp"
#include "step.hpp"

namespace medusa {

namespace {

constexpr std::string_view kRunsInNoTransaction = "25001";

/// Sends a migration's queries over the upgrade's connection.
class StepQueries : public QueryHandler {
 public:
  StepQueries(const PlanStep& step, const StepContext& context) : step_(step), context_(context) {}

  std::vector<QueryResult> query(const HostQuery& query) override {
    if (query.is_setup) {
      // What TypeORM asks when it connects is nothing that the migration sends.
      return StepConnection(context_.session.connection()).execute(query.text, query.parameters);
    }
    if (context_.in_transaction) {
      refuse_transaction_control(query.text);
    }
    try {
      std::vector<QueryResult> results = context_.connection.execute(query.text, query.parameters);
      refused_.clear();
      return results;
    } catch (const SqlError& error) {
      if (error.sqlstate() != kTransactionFailed) {
        refused_ = error.sqlstate();
      }
      throw;
    }
  }

  /// SQLSTATE of what was refused last, if nothing went well since: a migration may throw an error
  /// of its own instead.
  [[nodiscard]] const std::string& refused() const { return refused_; }

 private:
  /// COMMIT or ROLLBACK in a migration would end the upgrade's own transaction half way.
  void refuse_transaction_control(const std::string& text) const {
    // Only a text that mentions one of the words can be such a statement; the parser decides.
    if (!mentions_transaction_control(text)) {
      return;
    }
    try {
      for (const Statement& statement : split_statements(text)) {
        if (statement.effect != TransactionEffect::None) {
          refuse(statement.text);
        }
      }
    } catch (const Error& error) {
      if (error.code() == ErrorCode::Migration) {
        throw;
      }
      // SQL that our parser does not accept: the server will say so, or knows better.
      if (context_.options.rehearse) {
        refuse_unreadable();
      }
    }
  }

  /// A rehearsal must not end in a COMMIT that only a newer server understands.
  void refuse_unreadable() const {
    throw Error(step_failure(step_,
                             context_.direction,
                             "it sends SQL that PostgreSQL's parser of version 15 does not accept "
                             "and that may end the transaction, so it is not rehearsed"));
  }

  void refuse(const std::string& statement) const {
    Diagnostic diagnostic = step_failure(
        step_,
        context_.direction,
        "it sends '" + statement + "', which would end the upgrade's own transaction half way");
    diagnostic.hint =
        "use queryRunner.startTransaction() and commitTransaction(), which nest, or give the class "
        "'transaction = false'";
    throw Error(diagnostic);
  }

  static bool mentions_transaction_control(const std::string& text) {
    std::string upper;
    upper.reserve(text.size());
    for (const char c : text) {
      upper += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    for (const std::string_view word :
         {"COMMIT", "ROLLBACK", "BEGIN", "START", "END", "ABORT", "PREPARE"}) {
      if (upper.find(word) != std::string::npos) {
        return true;
      }
    }
    return false;
  }

  static constexpr std::string_view kTransactionFailed = "25P02";

  const PlanStep& step_;
  const StepContext& context_;
  std::string refused_;
};

Diagnostic diagnostic_of(const ScriptFailure& failure,
                         const PlanStep& step,
                         const StepContext& context) {
  const std::string reason =
      failure.query.has_value() ? failure.query->error.message : failure.message;
  Diagnostic diagnostic = step_failure(step, context.direction, reason);
  if (failure.location.has_value()) {
    diagnostic.location = failure.location;
  }
  if (failure.query.has_value()) {
    const auto offset = offset_in(failure.query->text, failure.query->error);
    if (offset.has_value() && failure.location.has_value()) {
      diagnostic.location = place_in_literal(*failure.location, failure.query->text, *offset)
                                .value_or(*failure.location);
    }
    describe_sql_error(diagnostic, failure.query->error, failure.query->text);
    if (failure.query->error.sqlstate == kRunsInNoTransaction && context.in_transaction) {
      diagnostic.hint = "give the class 'transaction = false'";
    }
  } else if (!failure.stack.empty()) {
    diagnostic.notes.push_back(failure.stack);
  }
  return diagnostic;
}

/// @throws Error with the migration's file where the host did not survive it.
std::optional<ScriptFailure> run_in_host(const ScriptRun& run,
                                         QueryHandler& queries,
                                         const PlanStep& step,
                                         const StepContext& context) {
  try {
    return context.host.run(run, queries);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::Host) {
      throw;
    }
    Diagnostic diagnostic = step_failure(step, context.direction, error.first().message);
    diagnostic.code = error.code();
    diagnostic.notes = error.first().notes;
    diagnostic.hint = error.first().hint;
    throw Error(diagnostic);
  }
}

ScriptRun script_run(const PlanStep& step,
                     Direction direction,
                     bool in_transaction,
                     const ExecutorOptions& options) {
  return {.member = step.migration.member,
          .member_root = options.member_root(step.migration.member),
          .typeorm_roots = options.typeorm_roots,
          .file = step.migration.built,
          .export_name = step.migration.export_name,
          .up = direction == Direction::Up,
          .schema = options.schema,  // TypeORM gets one from Medusa too: by default "public"
          .in_transaction = in_transaction};
}

}  // namespace

void warm_up_host(ScriptHost& host, const Plan& plan, const ExecutorOptions& options) {
  for (const PlanGroup& group : plan.groups) {
    for (const PlanStep& step : group.steps) {
      if (!step.migration.is_lowered(plan.direction == Direction::Up)) {
        host.warm_up(script_run(step, plan.direction, group.transactional, options));
        return;
      }
    }
  }
}

void run_script_step(const PlanStep& step, const StepContext& context) {
  StepQueries queries(step, context);
  const ScriptRun run =
      script_run(step, context.direction, context.in_transaction, context.options);
  if (const auto failure = run_in_host(run, queries, step, context)) {
    if (!queries.refused().empty()) {
      throw StepRefusal(diagnostic_of(*failure, step, context), queries.refused());
    }
    throw Error(diagnostic_of(*failure, step, context));
  }
}

}  // namespace medusa
