// SPDX-License-Identifier: MIT
#include "json.hpp"

#include <utility>
#include <vector>

#include "medusa/core/secret.hpp"

namespace medusa {

namespace {

Json number_or_null(int number) {
  return number > 0 ? Json(number) : Json(nullptr);
}

Json step_json(const PlanStep& step, std::size_t position, bool up) {
  return {{"position", position},
          {"member", text_or_null(step.migration.member)},
          {"name", step.migration.name},
          {"timestamp", step.migration.timestamp},
          {"kind", to_string(step.migration.kind)},
          {"state", to_string(step.state)},
          {"reason", text_or_null(step.reason)},
          {"causes", causes_json(step.causes)},
          {"notes", step.notes},
          {"begun", begun_json(step.begun)},
          {"mode", step.migration.is_lowered(up) ? "lowered" : "dynamic"},
          {"dynamic_reason",
           text_or_null(up ? step.migration.dynamic_up : step.migration.dynamic_down)},
          {"source", text_or_null(step.migration.source)}};
}

}  // namespace

std::string one_line(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json text_or_null(std::string_view text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

Json diagnostic_json(const Diagnostic& diagnostic) {
  const Location location = diagnostic.location.value_or(Location{});
  std::vector<std::string> notes;
  for (const std::string& note : diagnostic.notes) {
    notes.push_back(mask_urls(note));
  }
  return {{"code", to_string(diagnostic.code)},
          {"message", mask_urls(diagnostic.message)},
          {"file", text_or_null(location.file.string())},
          {"line", number_or_null(location.line)},
          {"column", number_or_null(location.column)},
          {"notes", std::move(notes)},
          {"hint", text_or_null(diagnostic.hint)},
          {"sqlstate", text_or_null(diagnostic.sqlstate)}};
}

Json warning_json(const Json& diagnostic) {
  Json json = Json::object();
  json["type"] = "warning";
  json.update(diagnostic);
  return json;
}

Json causes_json(const std::vector<StepCause>& causes) {
  Json list = Json::array();
  for (const StepCause& cause : causes) {
    const Location place = cause.reason.place.value_or(Location{});
    list.push_back({{"after", cause.migration},
                    {"why", to_string(cause.reason.kind)},
                    {"what", text_or_null(cause.reason.text)},
                    {"file", text_or_null(place.file.string())},
                    {"line", number_or_null(place.line)}});
  }
  return list;
}

Json hazards_json(const Plan& plan) {
  Json list = Json::array();
  for (const PlannedHazard& hazard : plan.hazards) {
    list.push_back({{"code", code_of(hazard.rule)},
                    {"position", hazard.position},
                    {"migration", hazard.migration},
                    {"table", text_or_null(hazard.table)},
                    {"rows", value_or_null(hazard.rows)},
                    {"bytes", value_or_null(hazard.bytes)},
                    {"lock", text_or_null(to_string(hazard.lock))},
                    {"work", to_string(hazard.work)},
                    {"asked", hazard.asked},
                    {"message", hazard.message},
                    {"safer", text_or_null(hazard.safer)},
                    {"file", hazard.place.file.string()},
                    {"line", hazard.place.line > 0 ? Json(hazard.place.line) : Json(nullptr)}});
  }
  return list;
}

Json plan_json(const Plan& plan) {
  std::size_t position = 0;
  Json groups = Json::array();
  for (const PlanGroup& group : plan.groups) {
    Json steps = Json::array();
    for (const PlanStep& step : group.steps) {
      steps.push_back(step_json(step, ++position, plan.direction == Direction::Up));
    }
    groups.push_back({{"transactional", group.transactional},
                      {"reason", text_or_null(group.reason)},
                      {"steps", std::move(steps)}});
  }
  return {{"direction", to_string(plan.direction)},
          {"mode", to_string(plan.mode)},
          {"groups", std::move(groups)},
          {"warnings", plan.warnings},
          {"hazards", hazards_json(plan)}};
}

namespace {

Json edited_json(const std::optional<EditedStatement>& edited) {
  if (!edited.has_value()) {
    return nullptr;
  }
  return {{"statement", edited->ordinal},
          {"then", edited->then},
          {"now", text_or_null(edited->now)},
          {"file", text_or_null(edited->place.file.string())},
          {"line", number_or_null(edited->place.line)}};
}

}  // namespace

Json begun_json(const std::optional<BegunMigration>& begun) {
  if (!begun.has_value()) {
    return nullptr;
  }
  return {{"direction", begun->up ? "up" : "down"},
          {"done", begun->done},
          {"open", text_or_null(begun->open)},
          {"upgrade", begun->upgrade},
          {"command", text_or_null(begun->command)},
          {"edited", edited_json(begun->edited)}};
}

double milliseconds(std::chrono::microseconds duration) {
  return static_cast<double>(duration.count()) / 1000.0;
}

}  // namespace medusa
