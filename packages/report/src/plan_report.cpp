// SPDX-License-Identifier: MIT
#include "medusa/report/plan_report.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "medusa/catalog/program.hpp"
#include "medusa/core/text.hpp"
#include "medusa/report/table.hpp"

#include "display_width.hpp"
#include "json.hpp"

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

Style style_of(MigrationState state) {
  return state == MigrationState::Late ? Style::Caution : Style::Plain;
}

Table table_of(const Plan& plan) {
  const bool with_transaction = has_transaction_column(plan);
  std::vector<Column> columns{{.title = "#", .align = Align::Right},
                              {.title = "migration", .fit = Fit::Shorten},
                              {.title = "member", .fit = Fit::Drop},
                              {.title = "why here", .fit = Fit::Drop},
                              {.title = "transaction"}};
  if (!with_transaction) {
    columns.pop_back();
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
          {.text = step.migration.member.empty() ? "-" : step.migration.member},
          {.text = step.reason, .style = style_of(step.state)},
          {.text = number, .style = group.transactional ? Style::Plain : Style::Caution}};
      cells.resize(with_transaction ? 5 : 4);
      table.add_row(std::move(cells));
    }
  }
  return table;
}

std::string summary_of(const Plan& plan) {
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

std::string text_of(const Plan& plan, const Look& look) {
  std::string text = plan.empty() ? "" : table_of(plan).text(look) + '\n';
  for (const std::string& warning : plan.warnings) {
    text += look.styled("warning:", Style::StrongCaution) + ' ' + printable(warning) + '\n';
  }
  return text + summary_of(plan);
}

Json statement_json(const LoweredNode& node) {
  Json json{{"sql", node.statement.sql}};
  if (node.statement.parameters.has_value()) {
    json["parameters"] = Json::array();
    for (const auto& value : *node.statement.parameters) {
      json["parameters"].push_back(value_or_null(value));
    }
  }
  return json;
}

/// A question has what follows either answer; as deep as the recorder's bound.
Json program_json(const LoweredProgram& program) {
  Json list = Json::array();
  for (const LoweredNode& node : program) {
    Json json = statement_json(node);
    if (node.is_question) {
      json = Json{{"ask", json}, {"yes", program_json(node.yes)}, {"no", program_json(node.no)}};
    }
    list.push_back(std::move(json));
  }
  return list;
}

Json plan_with_statements(const Plan& plan) {
  Json json = plan_json(plan);
  for (std::size_t group = 0; group < plan.groups.size(); ++group) {
    for (std::size_t i = 0; i < plan.groups[group].steps.size(); ++i) {
      const Lowering lowering =
          load_lowering(plan.groups[group].steps[i].migration, plan.direction == Direction::Up);
      json["groups"][group]["steps"][i]["statements"] =
          lowering.program.has_value() ? program_json(*lowering.program) : Json(nullptr);
    }
  }
  return json;
}

std::string sql_of(const Plan& plan) {
  std::string text;
  std::size_t position = 0;
  for (const PlanGroup& group : plan.groups) {
    text += group.transactional ? "START TRANSACTION;\n\n" : "-- outside a transaction\n\n";
    for (const PlanStep& step : group.steps) {
      text += "-- " + std::to_string(++position) + ": " + step.migration.id() + " (" + step.reason +
              ")\n";
      text += readable_sql(load_lowering(step.migration, plan.direction == Direction::Up)) + '\n';
    }
    text += group.transactional ? "COMMIT;\n" : "";
  }
  return text + "-- " + summary_of(plan);
}

}  // namespace

void render_plan_sql(const Plan& plan, Terminal& terminal) {
  terminal.answer(terminal.format() == OutputFormat::Json ? one_line(plan_with_statements(plan))
                                                          : sql_of(plan));
}

void render_plan(const Plan& plan, Terminal& terminal) {
  terminal.answer(terminal.format() == OutputFormat::Json ? one_line(plan_json(plan))
                                                          : text_of(plan, terminal.answer_look()));
}

}  // namespace medusa
