// SPDX-License-Identifier: MIT
#include <fmt/chrono.h>

#include "medusa/core/secret.hpp"
#include "medusa/report/upgrade_report.hpp"

#include "execution_json.hpp"

namespace medusa {

namespace {

/// Raised by any change but new keys.
constexpr int kSchema = 1;

std::string instant(UpgradeReport::Clock::time_point time) {
  const auto milliseconds =
      std::chrono::floor<std::chrono::milliseconds>(time.time_since_epoch()).count();
  return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}Z",
                     fmt::gmtime(UpgradeReport::Clock::to_time_t(time)),
                     milliseconds % 1000);
}

Json step_json(const ReportedStep& reported, std::size_t position, bool up) {
  const Migration& migration = reported.step.migration;
  Json blocked = Json::array();
  for (const Blockage& blockage : reported.blocked) {
    blocked.push_back(
        {{"relation", text_or_null(blockage.relation)}, {"blockers", blockers_json(blockage)}});
  }
  return {{"position", position},
          {"member", text_or_null(migration.member)},
          {"name", migration.name},
          {"timestamp", migration.timestamp},
          {"kind", to_string(migration.kind)},
          {"mode", migration.is_lowered(up) ? "lowered" : "dynamic"},
          {"source", text_or_null(migration.source)},
          {"outcome", to_string(reported.outcome)},
          {"attempts", reported.attempts},
          {"duration_ms",
           reported.duration.has_value() ? Json(milliseconds(*reported.duration)) : Json(nullptr)},
          {"blocked", std::move(blocked)}};
}

Json groups_json(const Plan& plan, const std::vector<ReportedStep>& steps) {
  Json groups = Json::array();
  for (const PlanGroup& group : plan.groups) {
    groups.push_back({{"transactional", group.transactional},
                      {"reason", text_or_null(group.reason)},
                      {"steps", Json::array()}});
  }
  for (std::size_t i = 0; i < steps.size(); ++i) {
    groups.at(steps[i].group)["steps"].push_back(
        step_json(steps[i], i + 1, plan.direction == Direction::Up));
  }
  return groups;
}

/// The event's keys without its type, after the group's number (from 1).
template <typename Event>
Json list_json(const std::vector<OfGroup<Event>>& events) {
  Json list = Json::array();
  for (const OfGroup<Event>& each : events) {
    Json json = {{"group", each.group + 1}};
    json.update(event_json(each.event));
    json.erase("type");
    list.push_back(std::move(json));
  }
  return list;
}

Json waits_json(const std::vector<ReportedWait>& waits) {
  Json list = Json::array();
  for (const ReportedWait& wait : waits) {
    Json json = event_json(wait.event);
    json.erase("type");
    json["waited_ms"] = wait.waited.count();
    list.push_back(std::move(json));
  }
  return list;
}

Json summary_json(const UpgradeFinished& finished) {
  return {{"done", finished.done},
          {"rolled_back", finished.rolled_back},
          {"failed", finished.failed},
          {"not_run", finished.not_run},
          {"unknown", finished.unknown}};
}

}  // namespace

std::string UpgradeReport::json(std::optional<int> exit) const {
  const bool has_steps = !steps_.empty();
  const bool has_row = finished_.has_value() && !finished_->upgrade.empty();
  Json problems = Json::array();
  for (const Diagnostic& problem : problems_) {
    problems.push_back(diagnostic_json(problem));
  }
  Json warnings = Json::array();
  for (const std::string& warning : plan_.value_or(Plan{}).warnings) {
    warnings.push_back(warning);
  }
  const Clock::time_point now = now_();
  const Json json{{"schema", kSchema},
                  {"tool", "medusa"},
                  {"version", tool_version_},
                  {"command", command_},
                  {"outcome", outcome(exit)},
                  {"exit", value_or_null(exit)},
                  {"upgrade", has_row ? Json(std::stoll(finished_->upgrade)) : Json(nullptr)},
                  {"database", text_or_null(mask_urls(database_))},
                  {"started_at", instant(started_)},
                  {"finished_at", exit.has_value() ? Json(instant(now)) : Json(nullptr)},
                  {"duration_ms",
                   exit.has_value()
                       ? Json(milliseconds(
                             std::chrono::duration_cast<std::chrono::microseconds>(now - started_)))
                       : Json(nullptr)},
                  {"direction", has_steps ? Json(to_string(plan_->direction)) : Json(nullptr)},
                  {"mode", has_steps ? Json(to_string(plan_->mode)) : Json(nullptr)},
                  {"summary", summary_json(finished_.value_or(UpgradeFinished{}))},
                  {"groups", has_steps ? groups_json(*plan_, steps_) : Json::array()},
                  {"problems", std::move(problems)},
                  {"retries", list_json(retries_)},
                  {"lock_waits", waits_json(waits_)},
                  {"lost_connections", list_json(losses_)},
                  {"warnings", std::move(warnings)}};
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace medusa
