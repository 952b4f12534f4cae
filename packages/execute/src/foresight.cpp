// SPDX-License-Identifier: MIT
#include "medusa/execute/foresight.hpp"

#include <memory>
#include <utility>

#include "medusa/catalog/program.hpp"
#include "medusa/core/text.hpp"
#include "medusa/sql/plain_statement.hpp"
#include "medusa/sql/schema_question.hpp"
#include "medusa/system/interruption.hpp"

#include "live_index.hpp"
#include "named_before.hpp"
#include "work_session.hpp"

namespace medusa {

namespace {

/// The database as it is now: reads, and can do nothing else.
class Onlooker {
 public:
  Onlooker(const DatabaseUrl& url, const ExecutorOptions& options)
      : session_(url, options),
        cancel_on_signal_([this] { session_.connection().cancel(); }) {
    session_.connection().execute("START TRANSACTION READ ONLY; " +
                                  session_.transaction_settings());
    const QueryResult schema = session_.connection().execute("SELECT current_schema()", {});
    schema_leads_ = schema.rows.at(0).at(0) == options.schema;
    has_history_ = session_.history().exists();
    for (const std::string& extension : options.extensions) {
      creates_extension_ =
          creates_extension_ ||
          session_.connection()
              .execute("SELECT 1 FROM pg_extension WHERE extname = $1", {extension})
              .rows.empty();
    }
  }

  /// False too if the schema is yet to be created: then the questions would be about another one.
  [[nodiscard]] bool schema_leads() const { return schema_leads_; }

  [[nodiscard]] bool has_history() const { return has_history_; }

  [[nodiscard]] bool creates_extension() const { return creates_extension_; }

  /// The INVALID index of that name that nobody is building.
  std::optional<LiveIndex> leftover(const RelationName& name) {
    Connection& connection = session_.connection();
    std::optional<LiveIndex> index = find_index(connection, name);
    return index.has_value() && !index->valid && !is_being_built(connection, *index)
               ? std::move(index)
               : std::nullopt;
  }

  bool ask(const LoweredStatement& question) {
    return !session_.connection().execute(question.sql, {}).rows.empty();
  }

 private:
  WorkSession session_;
  Interruption::Scope cancel_on_signal_;
  bool schema_leads_ = false;
  bool has_history_ = false;
  bool creates_extension_ = false;
};

/// Goes through a plan in order, knowing what would have run before.
class Foreseer {
 public:
  Foreseer(const DatabaseUrl& url, const ExecutorOptions& options) : url_(url), options_(options) {}

  ForeseenAnswers foresee(const PlanStep& step, bool transactional, bool up) {
    ++position_;
    if (!transactional) {
      look_for_leftovers(step.migration, up);
    }
    if (step.migration.kind == MigrationKind::Sql) {
      // It asks nothing; what it says matters only if something after it asks.
      unread_.push_back({.migration = &step.migration, .position = position_, .up = up});
      return {};
    }
    const Lowering lowering = load_lowering(step.migration, up);
    if (!lowering.program.has_value() || (lowering.needs_transaction && !transactional)) {
      unknown_ = unknown_.value_or(position_);
      return {};
    }
    ForeseenAnswers answers;
    follow(*lowering.program, position_, &answers);
    return answers;
  }

  /// Of the steps so far.
  [[nodiscard]] std::vector<LeftoverIndex> take_leftovers() { return std::move(leftovers_); }

 private:
  void look_for_leftovers(const Migration& migration, bool up) {
    if (!migration.is_lowered(up) || migration.outside(up).empty()) {
      return;
    }
    const Lowering lowering = load_lowering(migration, up);
    if (lowering.program.has_value()) {
      look_for_leftovers(*lowering.program);
    }
  }

  // As deep as the recorder's bound on questions.
  void look_for_leftovers(const LoweredProgram& program) {
    for (const LoweredNode& node : program) {
      for (const PlainStatement& statement : read_plain_statements(node.statement.sql)) {
        look_for_leftover(statement);
      }
      look_for_leftovers(node.yes);
      look_for_leftovers(node.no);
    }
  }

  void look_for_leftover(const PlainStatement& statement) {
    if (statement.aftermath != Aftermath::IndexBuilt || statement.indexes.empty()) {
      return;
    }
    if (const auto index = onlooker().leftover(statement.indexes.front())) {
      leftovers_.push_back({.position = position_, .index = index->name, .table = index->table});
    }
  }

  /// Adds the questions on the way to `answers`; without, all branches may run.
  void follow(const LoweredProgram& program, std::size_t position, ForeseenAnswers* answers) {
    for (const LoweredNode& node : program) {
      if (!node.is_question) {
        before_.add(node.statement, position);
        continue;
      }
      const ForeseenAnswer answer =
          answers == nullptr ? ForeseenAnswer{} : answer_to(node.statement);
      if (answers != nullptr) {
        answers->push_back(answer);
      }
      follow(answer.answer == true ? node.yes : node.no,
             position,
             answer.answer.has_value() ? answers : nullptr);
      if (!answer.certain) {  // then the other branch may run nevertheless
        follow(answer.answer == true ? node.no : node.yes, position, nullptr);
      }
    }
  }

  ForeseenAnswer answer_to(const LoweredStatement& question) {
    ForeseenAnswer foreseen{.question = question};
    const std::optional<SchemaQuestion> parsed =
        question.parameters.has_value() ? std::nullopt : parse_schema_question(question.sql);
    foreseen.text = parsed.has_value() ? parsed->text() : "";
    foreseen.reason =
        parsed.has_value() ? obstacle(*parsed) : "it is no plain question about information_schema";
    if (foreseen.reason.empty()) {
      foreseen.answer = onlooker().ask(question);
      foreseen.reason = doubt();
      foreseen.certain = foreseen.reason.empty();
    }
    return foreseen;
  }

  void read_unread() {
    for (const UnreadStep& step : std::exchange(unread_, {})) {
      const Lowering lowering = load_lowering(*step.migration, step.up);
      if (lowering.program.has_value()) {
        follow(*lowering.program, step.position, nullptr);
      }
    }
  }

  /// Why asking now would say nothing about then; empty if it would.
  std::string obstacle(const SchemaQuestion& question) {
    if (unknown_.has_value()) {
      return "step " + std::to_string(*unknown_) +
             " runs before it, whose SQL is known only when it runs";
    }
    read_unread();
    std::string name = question.value_of("table_name");
    for (std::size_t i = 0; name.empty() && i < question.comparisons.size(); ++i) {
      name = question.comparisons[i].value;
    }
    if (const auto step = before_.find(name)) {
      return (*step == position_ ? "this migration" : "step " + std::to_string(*step)) + " names " +
             name + " before";
    }
    if (!onlooker().schema_leads()) {
      return "schema " + options_.schema + " is not there yet, or not first in the search_path";
    }
    if (!onlooker().has_history() && name == "migrations") {
      return "the history is created first";
    }
    return "";
  }

  /// Why the answer may be another when the migration runs; empty if it is certain.
  std::string doubt() {
    if (before_.statements() > 0) {
      return plural(before_.statements(), "statement runs", "statements run") +
             " before it, none of which names it";
    }
    return onlooker().creates_extension() ? "extensions are created first" : "";
  }

  Onlooker& onlooker() {
    if (onlooker_ == nullptr) {
      onlooker_ = std::make_unique<Onlooker>(url_, options_);
    }
    return *onlooker_;
  }

  /// An SQL migration; the plan that owns it outlives us.
  struct UnreadStep {
    const Migration* migration = nullptr;
    std::size_t position = 0;
    bool up = true;
  };

  const DatabaseUrl& url_;
  const ExecutorOptions& options_;
  std::vector<UnreadStep> unread_;
  std::unique_ptr<Onlooker> onlooker_;
  NamedBefore before_;
  std::vector<LeftoverIndex> leftovers_ = {};
  std::optional<std::size_t> unknown_;  ///< The first step whose SQL is not known.
  std::size_t position_ = 0;
};

}  // namespace

const ForeseenAnswers& Foresight::of(std::size_t position) const {
  static const ForeseenAnswers kNone;
  return position <= steps.size() ? steps[position - 1] : kNone;
}

Foresight foresee(const Plan& plan, const DatabaseUrl& url, const ExecutorOptions& options) {
  Foreseer foreseer(url, options);
  Foresight foresight;
  for (const PlanGroup& group : plan.groups) {
    for (const PlanStep& step : group.steps) {
      foresight.steps.push_back(
          foreseer.foresee(step, group.transactional, plan.direction == Direction::Up));
    }
  }
  foresight.leftovers = foreseer.take_leftovers();
  return foresight;
}

}  // namespace medusa
