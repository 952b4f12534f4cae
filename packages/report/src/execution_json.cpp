// SPDX-License-Identifier: MIT
#include "execution_json.hpp"

namespace medusa {

namespace {

/// The event's type and what all events of one migration have in common.
template <typename Event>
Json migration_event(std::string_view type, const Event& event) {
  const Migration& migration = event.step.migration;
  return {{"type", type},
          {"position", event.position},
          {"total", event.total},
          {"member", text_or_null(migration.member)},
          {"name", migration.name},
          {"timestamp", migration.timestamp},
          {"kind", to_string(migration.kind)}};
}

Json to_json(const LockWaiting& event) {
  const LockHolder& holder = event.holder;
  return {
      {"type", "lock-waiting"},
      {"reason", event.reason == RunLockWait::Run ? "run" : "transaction"},
      {"holder",
       {{"pid", holder.pid > 0 ? Json(holder.pid) : Json(nullptr)},
        {"application", text_or_null(holder.application)},
        {"address", text_or_null(holder.address)},
        {"since", text_or_null(holder.since)},
        {"query_ms",
         holder.query_age.has_value() ? Json(std::chrono::milliseconds(*holder.query_age).count())
                                      : Json(nullptr)}}},
      {"timeout_ms", std::chrono::milliseconds(event.timeout).count()}};
}

Json to_json(const UpgradeStarted& event) {
  Json json = {{"type", "upgrade-started"}, {"total", event.plan.step_count()}};
  json.update(plan_json(event.plan));
  return json;
}

Json to_json(const MigrationStarted& event) {
  Json json = migration_event("migration-started", event);
  json["begun"] = begun_json(event.step.begun);
  return json;
}

Json to_json(const StatementSent& event) {
  Json json{{"type", "statement-sent"},
            {"position", event.position},
            {"sql", event.statement.sql},
            {"parameters", nullptr},
            {"answer", value_or_null(event.answer)}};
  if (event.statement.parameters.has_value()) {
    json["parameters"] = Json::array();
    for (const auto& value : *event.statement.parameters) {
      json["parameters"].push_back(value_or_null(value));
    }
  }
  return json;
}

Json to_json(const MigrationPrinted& event) {
  const Migration& migration = event.step.migration;
  return {{"type", "migration-printed"},
          {"member", text_or_null(migration.member)},
          {"name", migration.name},
          {"text", event.text}};
}

Json to_json(const MigrationFinished& event) {
  Json json = migration_event("migration-finished", event);
  json["duration_ms"] = milliseconds(event.duration);
  return json;
}

Json to_json(const StatementBlocked& event) {
  Json json = migration_event("statement-blocked", event);
  json["relation"] = text_or_null(event.blockage.relation);
  json["blockers"] = blockers_json(event.blockage);
  return json;
}

Json to_json(const IndexProgress& event) {
  Json json = migration_event("index-progress", event);
  json["relation"] = text_or_null(event.build.relation);
  json["phase"] = event.build.phase;
  json["percent"] = value_or_null(event.build.percent());
  json["blocks_done"] = event.build.blocks_done;
  json["blocks_total"] = event.build.blocks_total;
  json["tuples_done"] = event.build.tuples_done;
  json["tuples_total"] = event.build.tuples_total;
  return json;
}

Json to_json(const InvalidIndexDropping& event) {
  Json json = migration_event("invalid-index-dropping", event);
  json["index"] = event.index;
  json["table"] = event.table;
  json["failed"] = event.failed;
  return json;
}

Json to_json(const GroupRetrying& event) {
  return {{"type", "group-retrying"},
          {"attempt", event.attempt},
          {"rolled_back", event.rolled_back},
          {"problem", event.problem},
          {"sqlstate", event.sqlstate},
          {"relation", text_or_null(event.blockage.relation)},
          {"blockers", blockers_json(event.blockage)},
          {"pause_ms", event.pause.count()}};
}

Json to_json(const CommitResolved& event) {
  return {
      {"type", "commit-resolved"}, {"outcome", to_string(event.outcome)}, {"steps", event.steps}};
}

Json to_json(const GroupCommitted& event) {
  return {{"type", "group-committed"}, {"steps", event.steps}};
}

Json to_json(const MigrationFailed& event) {
  Json json = migration_event("migration-failed", event);
  json["problem"] = diagnostic_json(event.problem);
  return json;
}

Json to_json(const UpgradeFinished& event) {
  return {{"type", "upgrade-finished"},
          {"direction", to_string(event.direction)},
          {"done", event.done},
          {"rolled_back", event.rolled_back},
          {"failed", event.failed},
          {"not_run", event.not_run},
          {"unknown", event.unknown},
          {"duration_ms", milliseconds(event.duration)},
          {"upgrade", event.upgrade.empty() ? Json(nullptr) : Json(std::stoll(event.upgrade))}};
}

}  // namespace

Json blockers_json(const Blockage& blockage) {
  const auto age = [](const std::optional<std::chrono::seconds>& time) {
    return time.has_value() ? Json(std::chrono::milliseconds(*time).count()) : Json(nullptr);
  };
  Json blockers = Json::array();
  for (const Blocker& blocker : blockage.blockers) {
    blockers.push_back({{"pid", blocker.pid > 0 ? Json(blocker.pid) : Json(nullptr)},
                        {"application", text_or_null(blocker.application)},
                        {"address", text_or_null(blocker.address)},
                        {"state", text_or_null(blocker.state)},
                        {"query", text_or_null(blocker.query)},
                        {"transaction_ms", age(blocker.transaction_age)},
                        {"query_ms", age(blocker.query_age)}});
  }
  return blockers;
}

Json event_json(const ExecutionEvent& event) {
  return std::visit([](const auto& alternative) { return to_json(alternative); }, event);
}

}  // namespace medusa
