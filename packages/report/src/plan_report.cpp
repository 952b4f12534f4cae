// SPDX-License-Identifier: MIT
#include "medusa/report/plan_report.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "medusa/core/text.hpp"
#include "medusa/report/table.hpp"

#include "display_width.hpp"
#include "leftover_text.hpp"
#include "plan_json.hpp"
#include "plan_summary.hpp"
#include "shown_path.hpp"

namespace medusa {

namespace {

std::size_t transaction_count(const Plan& plan) {
  return static_cast<std::size_t>(
      std::count_if(plan.groups.begin(), plan.groups.end(), [](const PlanGroup& group) {
        return group.transactional;
      }));
}

/// One group in a transaction needs no column: the summary says it.
bool has_transaction_column(const Plan& plan) {
  return plan.groups.size() != transaction_count(plan) || plan.groups.size() > 1;
}

/// Where everything stands at its place by timestamp there is nothing to explain.
bool has_reason_column(const Plan& plan) {
  return std::any_of(plan.groups.begin(), plan.groups.end(), [](const PlanGroup& group) {
    return std::any_of(group.steps.begin(), group.steps.end(), [](const PlanStep& step) {
      return !step.reason.empty();
    });
  });
}

Style style_of(MigrationState state) {
  return state == MigrationState::Late ? Style::Caution : Style::Plain;
}

Table table_of(const Plan& plan) {
  const bool with_reason = has_reason_column(plan);
  const bool with_transaction = has_transaction_column(plan);
  std::vector<Column> columns{{.title = "#", .align = Align::Right},
                              {.title = "migration", .fit = Fit::Shorten},
                              {.title = "member", .fit = Fit::Drop}};
  if (with_reason) {
    columns.push_back({.title = "why here", .fit = Fit::Drop});
  }
  if (with_transaction) {
    columns.push_back({.title = "transaction"});
  }
  Table table(std::move(columns));
  std::size_t position = 0;
  std::size_t transaction = 0;
  for (const PlanGroup& group : plan.groups) {
    const std::string number = group.transactional ? std::to_string(++transaction) : "none";
    // In the other modes every step is a group: an empty line after each would separate nothing.
    if (plan.mode == TransactionMode::All) {
      table.add_break();
    }
    for (const PlanStep& step : group.steps) {
      std::vector<Cell> cells{
          {.text = std::to_string(++position), .style = Style::Faint},
          {.text = step.migration.name},
          {.text = step.migration.member.empty() ? "-" : step.migration.member}};
      if (with_reason) {
        cells.push_back({.text = step.reason, .style = style_of(step.state)});
      }
      if (with_transaction) {
        cells.push_back(
            {.text = number, .style = group.transactional ? Style::Plain : Style::Caution});
      }
      table.add_row(std::move(cells));
    }
  }
  return table;
}

/// "yes", "yes, as of now: ...", "decided when it runs: ...".
std::string answer_of(const ForeseenAnswer& foreseen) {
  if (!foreseen.answer.has_value()) {
    return "decided when it runs: " + foreseen.reason;
  }
  const std::string answer = *foreseen.answer ? "yes" : "no";
  return foreseen.certain ? answer : answer + ", as of now: " + foreseen.reason;
}

/// What the steps ask the database, and how it answers.
std::string questions_of(const Foresight& foresight, const Look& look) {
  std::string text;
  for (std::size_t position = 1; position <= foresight.steps.size(); ++position) {
    for (const ForeseenAnswer& foreseen : foresight.of(position)) {
      const std::string question = foreseen.text.empty() ? foreseen.question.sql : foreseen.text;
      text += look.styled("step " + std::to_string(position) + " asks:", Style::StrongAccent) +
              ' ' + printable(question) + "? " + printable(answer_of(foreseen)) + '\n';
    }
  }
  return text.empty() ? "" : text + '\n';
}

/// One line for what several steps of a member do alike: "note: steps 3, 7 of reviews: changes
/// ...".
std::string notes_of(const Plan& plan, const Look& look) {
  std::vector<std::pair<std::string, std::vector<std::string>>> lines;  // what, and by which steps
  std::size_t position = 0;
  for (const PlanGroup& group : plan.groups) {
    for (const PlanStep& step : group.steps) {
      ++position;
      for (const std::string& note : step.notes) {
        const std::string what = step.migration.member + ' ' + note;
        const auto known = std::find_if(
            lines.begin(), lines.end(), [&](const auto& line) { return line.first == what; });
        std::vector<std::string>& steps =
            known == lines.end() ? lines.emplace_back(what, std::vector<std::string>{}).second
                                 : known->second;
        steps.push_back(std::to_string(position));
      }
    }
  }
  std::string text;
  for (const auto& [what, steps] : lines) {
    text += look.styled("note:", Style::Strong) + ' ' + printable(what) +
            (steps.size() == 1 ? " (step " : " (steps ") + join(steps, ", ") + ")\n";
  }
  return text;
}

/// "product.sql:12", as people type it.
std::string place_of(const Location& place) {
  return shown_path(place.file) + (place.line > 0 ? ':' + std::to_string(place.line) : "");
}

/// A line for each hazard, and where to read more.
std::string hazards_of(const Plan& plan, const Look& look) {
  std::string text;
  for (const PlannedHazard& hazard : plan.hazards) {
    std::string line = printable(hazard.message);
    if (hazard.lock != TableLock::None) {
      line += " (" + std::string(to_string(hazard.lock)) + " lock)";
    }
    line += hazard.asked ? "; sent only after an answer of the database" : "";
    text += look.styled("hazard: " + std::string(code_of(hazard.rule)), Style::StrongCaution) +
            ": step " + std::to_string(hazard.position) + ": " + line + ", " +
            printable(place_of(hazard.place)) + '\n';
  }
  if (!plan.hazards.empty()) {
    text += look.styled("hint:", Style::Strong) + " medusa explain " +
            std::string(code_of(plan.hazards.front().rule)) +
            " tells more and a safer way; '-- medusa:allow " +
            std::string(code_of(plan.hazards.front().rule)) + ": reason' accepts it\n";
  }
  return text;
}

std::string leftovers_of(const Foresight& foresight, const Look& look) {
  std::string text;
  for (const LeftoverIndex& leftover : foresight.leftovers) {
    text += look.styled("note:", Style::Strong) + ' ' + printable(leftover_text(leftover)) +
            " (step " + std::to_string(leftover.position) + ")\n";
  }
  return text;
}

std::string text_of(const Plan& plan, const Foresight& foresight, const Look& look) {
  std::string text = plan.empty() ? "" : table_of(plan).text(look) + '\n';
  text += questions_of(foresight, look);
  text += notes_of(plan, look);
  text += leftovers_of(foresight, look);
  text += hazards_of(plan, look);
  for (const std::string& warning : plan.warnings) {
    text += look.styled("warning:", Style::StrongCaution) + ' ' + printable(warning) + '\n';
  }
  return text + plan_summary(plan);
}

}  // namespace

std::string plan_summary(const Plan& plan) {
  const std::string verb = plan.direction == Direction::Up ? " to apply" : " to revert";
  if (plan.empty()) {
    return "nothing" + verb;
  }
  const std::size_t transactions = transaction_count(plan);
  const std::size_t outside = plan.groups.size() - transactions;
  std::string text = plural(plan.step_count(), "migration") + verb;
  text +=
      transactions > 0 ? " in " + plural(transactions, "transaction") : ", none in a transaction";
  if (transactions > 0 && outside > 0) {
    text += ", " + std::to_string(outside) + " outside";
  }
  return text;
}

void render_plan(const Plan& plan, const Foresight& foresight, Terminal& terminal) {
  terminal.answer(terminal.format() == OutputFormat::Json
                      ? one_line(plan_json(plan, foresight))
                      : text_of(plan, foresight, terminal.answer_look()));
}

void render_plan(const Plan& plan, Terminal& terminal) {
  render_plan(plan, {}, terminal);
}

}  // namespace medusa
