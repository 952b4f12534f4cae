// SPDX-License-Identifier: MIT
// The upgrade as SQL: what would be sent, or what was.
#include <string>

#include "medusa/catalog/program.hpp"
#include "medusa/core/text.hpp"
#include "medusa/report/plan_report.hpp"

#include "leftover_text.hpp"
#include "plan_json.hpp"
#include "plan_summary.hpp"

namespace medusa {

namespace {

std::string comment(const std::string& text) {
  return prefixed(text, "-- ") + '\n';
}

/// "-- 2: core/Name123", with the reason of its place if it has one.
std::string heading(const PlanStep& step, std::size_t position) {
  return comment(std::to_string(position) + ": " + step.migration.id() +
                 (step.reason.empty() ? "" : " (" + step.reason + ')'));
}

std::string readable(const LoweredProgram& program) {
  return program.empty() ? "-- nothing\n" : readable_sql(Lowering{.program = program});
}

/// Each line after `margin`.
std::string set_off(const std::string& text, const std::string& margin) {
  return prefixed(trim(text), margin) + '\n';
}

/// A program along the way that the database leads through it.
class WayThrough {
 public:
  explicit WayThrough(const ForeseenAnswers& answers)
      : next_(answers.begin()),
        last_(answers.end()) {}

  std::string text(const LoweredProgram& program) {
    std::string text;
    for (const LoweredNode& node : program) {
      text += node.is_question ? question(node) : readable_sql(node.statement) + '\n';
    }
    return text;
  }

 private:
  std::string question(const LoweredNode& node) {
    const std::string asks = comment("asks: " + readable_sql(node.statement));
    if (next_ == last_) {
      return asks + both(node);
    }
    const ForeseenAnswer& foreseen = *next_++;
    if (!foreseen.answer.has_value()) {
      return asks + comment("decided when it runs: " + foreseen.reason) + both(node);
    }
    const bool yes = *foreseen.answer;
    const std::string answer = std::string("the answer is ") + (yes ? "yes" : "no");
    const std::string other = yes ? "no" : "yes";
    const LoweredProgram& taken = yes ? node.yes : node.no;
    return asks + comment(foreseen.certain ? answer : answer + " as of now: " + foreseen.reason) +
           (taken.empty() ? "-- nothing is sent\n" : text(taken)) +
           folded(yes ? node.no : node.yes,
                  foreseen.certain ? "not taken (" + other + "):"
                                   : "if the answer is " + other + " by then:");
  }

  /// The other branch, as a comment.
  static std::string folded(const LoweredProgram& program, const std::string& title) {
    return program.empty() ? comment(title + " nothing is sent")
                           : comment(title) + set_off(readable(program), "--   ");
  }

  static std::string both(const LoweredNode& node) {
    return "-- if yes (there is a row):\n" + set_off(readable(node.yes), "  ") + "-- if no:\n" +
           set_off(readable(node.no), "  ");
  }

  ForeseenAnswers::const_iterator next_;
  ForeseenAnswers::const_iterator last_;
};

std::string step_sql(const PlanStep& step, Direction direction, const ForeseenAnswers& answers) {
  const Lowering lowering = load_lowering(step.migration, direction == Direction::Up);
  return lowering.program.has_value() ? WayThrough(answers).text(*lowering.program)
                                      : readable_sql(lowering);
}

std::string leftovers_of(const Foresight& foresight, std::size_t position) {
  std::string text;
  for (const LeftoverIndex& leftover : foresight.leftovers) {
    text += leftover.position == position ? comment(leftover_text(leftover)) : "";
  }
  return text;
}

std::string sql_of(const Plan& plan, const Foresight& foresight) {
  std::string text;
  std::size_t position = 0;
  for (const PlanGroup& group : plan.groups) {
    text += group.transactional ? "START TRANSACTION;\n\n" : "-- outside a transaction\n\n";
    for (const PlanStep& step : group.steps) {
      ++position;
      text += heading(step, position) + leftovers_of(foresight, position) +
              step_sql(step, plan.direction, foresight.of(position)) + '\n';
    }
    text += group.transactional ? "COMMIT;\n" : "";
  }
  return text + "-- " + plan_summary(plan);
}

std::string sent_sql(const RehearsedStep& step) {
  std::string text;
  for (const StatementSent& event : step.sent) {
    const std::string sql = readable_sql(event.statement);
    text += event.answer.has_value()
                ? comment("asks: " + sql) +
                      comment(std::string("the answer was ") + (*event.answer ? "yes" : "no"))
                : sql + '\n';
  }
  switch (step.outcome) {
    case RehearsalOutcome::RolledBack:
      return text.empty() ? "-- sent nothing\n" : text;
    case RehearsalOutcome::Failed:
      return text + "-- stopped here\n";
    case RehearsalOutcome::NotRun:
      break;
  }
  return "-- not executed\n";
}

std::string dynamic_note(const PlanStep& step, Direction direction) {
  const bool up = direction == Direction::Up;
  return step.migration.is_lowered(up) ? ""
                                       : comment("dynamic: " + (up ? step.migration.dynamic_up
                                                                   : step.migration.dynamic_down));
}

std::string sql_of(const Rehearsal& rehearsal) {
  const Plan& plan = rehearsal.plan;
  if (plan.empty()) {
    return "-- " + plan_summary(plan);
  }
  std::string text = "START TRANSACTION;\n\n";
  std::size_t position = 0;
  std::size_t executed = 0;
  for (const PlanGroup& group : plan.groups) {
    for (const PlanStep& step : group.steps) {
      const RehearsedStep& rehearsed = rehearsal.steps.at(position);
      text += heading(step, ++position) + dynamic_note(step, plan.direction) + sent_sql(rehearsed) +
              '\n';
      executed += rehearsed.outcome == RehearsalOutcome::RolledBack ? 1 : 0;
    }
  }
  text += "ROLLBACK;\n-- " + std::to_string(executed) + " of " +
          plural(plan.step_count(), "migration") + " executed and rolled back";
  return text;
}

}  // namespace

void render_plan_sql(const Plan& plan, const Foresight& foresight, Terminal& terminal) {
  terminal.answer(terminal.format() == OutputFormat::Json ? one_line(plan_sql_json(plan, foresight))
                                                          : sql_of(plan, foresight));
}

void render_rehearsal(const Rehearsal& rehearsal, Terminal& terminal) {
  terminal.answer(terminal.format() == OutputFormat::Json ? one_line(rehearsal_json(rehearsal))
                                                          : sql_of(rehearsal));
}

}  // namespace medusa
