// SPDX-License-Identifier: MIT
#include "plan_json.hpp"

#include "medusa/catalog/program.hpp"

namespace medusa {

namespace {

Json statement_json(const LoweredStatement& statement) {
  Json json{{"sql", statement.sql}};
  if (statement.parameters.has_value()) {
    json["parameters"] = Json::array();
    for (const auto& value : *statement.parameters) {
      json["parameters"].push_back(value_or_null(value));
    }
  }
  return json;
}

/// A question has what follows either answer. `answer` is the first one on the way through the
/// program, `last` where the foreseen way ends; as deep as the recorder's bound.
Json program_json(const LoweredProgram& program,
                  ForeseenAnswers::const_iterator answer,
                  ForeseenAnswers::const_iterator last) {
  Json list = Json::array();
  for (const LoweredNode& node : program) {
    if (!node.is_question) {
      list.push_back(statement_json(node.statement));
      continue;
    }
    const ForeseenAnswer foreseen = answer == last ? ForeseenAnswer{} : *answer;
    const auto next = answer == last ? last : answer + 1;
    list.push_back({{"ask", statement_json(node.statement)},
                    {"answer", value_or_null(foreseen.answer)},
                    {"certain", foreseen.certain},
                    {"yes", program_json(node.yes, foreseen.answer == true ? next : last, last)},
                    {"no", program_json(node.no, foreseen.answer == false ? next : last, last)}});
  }
  return list;
}

Json questions_json(const ForeseenAnswers& answers) {
  Json list = Json::array();
  for (const ForeseenAnswer& foreseen : answers) {
    Json json = statement_json(foreseen.question);
    json["text"] = text_or_null(foreseen.text);
    json["answer"] = value_or_null(foreseen.answer);
    json["certain"] = foreseen.certain;
    json["reason"] = text_or_null(foreseen.reason);
    list.push_back(std::move(json));
  }
  return list;
}

Json leftovers_json(const Foresight& foresight, std::size_t position) {
  Json list = Json::array();
  for (const LeftoverIndex& leftover : foresight.leftovers) {
    if (leftover.position == position) {
      list.push_back({{"index", leftover.index}, {"table", leftover.table}});
    }
  }
  return list;
}

Json sent_json(const std::vector<StatementSent>& sent) {
  Json list = Json::array();
  for (const StatementSent& event : sent) {
    Json json = statement_json(event.statement);
    if (event.answer.has_value()) {
      json["answer"] = *event.answer;
    }
    list.push_back(std::move(json));
  }
  return list;
}

/// Calls `add(json of the step, step, position)` for each step of the plan.
template <typename Add>
void for_each_step(const Plan& plan, Json& json, Add add) {
  std::size_t position = 0;
  for (std::size_t group = 0; group < plan.groups.size(); ++group) {
    for (std::size_t i = 0; i < plan.groups[group].steps.size(); ++i) {
      add(json["groups"][group]["steps"][i], plan.groups[group].steps[i], ++position);
    }
  }
}

}  // namespace

Json plan_json(const Plan& plan, const Foresight& foresight) {
  Json json = plan_json(plan);
  for_each_step(plan, json, [&](Json& step, const PlanStep&, std::size_t position) {
    step["questions"] = questions_json(foresight.of(position));
    step["leftovers"] = leftovers_json(foresight, position);
  });
  return json;
}

Json plan_sql_json(const Plan& plan, const Foresight& foresight) {
  Json json = plan_json(plan, foresight);
  for_each_step(plan, json, [&](Json& step, const PlanStep& planned, std::size_t position) {
    const Lowering lowering = load_lowering(planned.migration, plan.direction == Direction::Up);
    const ForeseenAnswers& answers = foresight.of(position);
    step["statements"] = lowering.program.has_value()
                             ? program_json(*lowering.program, answers.begin(), answers.end())
                             : Json(nullptr);
  });
  return json;
}

Json rehearsal_json(const Rehearsal& rehearsal) {
  Json json = plan_json(rehearsal.plan);
  for_each_step(rehearsal.plan, json, [&](Json& step, const PlanStep&, std::size_t position) {
    const RehearsedStep& rehearsed = rehearsal.steps.at(position - 1);
    step["statements"] =
        rehearsed.outcome == RehearsalOutcome::NotRun ? Json(nullptr) : sent_json(rehearsed.sent);
    step["executed"] = to_string(rehearsed.outcome);
  });
  return json;
}

}  // namespace medusa
