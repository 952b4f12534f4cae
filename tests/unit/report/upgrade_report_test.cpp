// SPDX-License-Identifier: MIT
#include "medusa/report/upgrade_report.hpp"

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace medusa {

namespace {

using namespace std::chrono_literals;
using Json = nlohmann::json;

class Nobody final : public ExecutionObserver {
 public:
  void on_event(const ExecutionEvent& /*event*/) override { ++events; }

  int events = 0;
};

/// Two groups of two steps each, of which the second runs outside a transaction.
class Reported {
 public:
  Reported() {
    plan.groups.resize(2);
    plan.groups[1].transactional = false;
    for (std::size_t i = 0; i < 4; ++i) {
      plan.groups[i / 2].steps.push_back(
          {.migration = {.member = "p", .name = "M" + std::to_string(i + 1)}});
    }
  }

  void begin() { report.on_event(UpgradeStarted{.plan = plan}); }

  void started(std::size_t position) { report.on_event(MigrationStarted{.position = position}); }

  void ran(std::size_t position) {
    started(position);
    report.on_event(MigrationFinished{.position = position, .duration = 2ms});
  }

  [[nodiscard]] Json json(std::optional<int> exit) const { return Json::parse(report.json(exit)); }

  [[nodiscard]] std::vector<std::string> outcomes() const {
    std::vector<std::string> list;
    const Json whole = json(7);
    for (const Json& group : whole.at("groups")) {
      for (const Json& step : group.at("steps")) {
        list.push_back(step.at("outcome"));
      }
    }
    return list;
  }

  Plan plan;
  Nobody nobody;
  UpgradeReport::Clock::time_point now{std::chrono::milliseconds(1'700'000'000'123)};
  UpgradeReport report{nobody, "run", "1.2.3", [this] { return now; }};
};

using Outcomes = std::vector<std::string>;

}  // namespace

TEST_CASE("a report hands every event on and tells times in UTC", "[upgrade_report]") {
  Reported reported;
  reported.begin();
  reported.now += 1500ms;
  CHECK(reported.nobody.events == 1);
  const Json json = reported.json(0);
  CHECK(json.at("started_at") == "2023-11-14T22:13:20.123Z");
  CHECK(json.at("finished_at") == "2023-11-14T22:13:21.623Z");
  CHECK(json.at("duration_ms") == 1500.0);
  CHECK(reported.json(std::nullopt).at("finished_at").is_null());
}

TEST_CASE("a step is done when its transaction is committed", "[upgrade_report]") {
  Reported reported;
  reported.begin();
  reported.ran(1);
  reported.started(2);
  CHECK(reported.outcomes() == Outcomes{"finished", "running", "not-run", "not-run"});
  reported.report.on_event(MigrationFinished{.position = 2});
  reported.report.on_event(GroupCommitted{.steps = 2});
  reported.ran(3);
  CHECK(reported.outcomes() == Outcomes{"done", "done", "done", "not-run"});
  reported.report.on_event(MigrationStarted{.position = 4});
  reported.report.on_event(MigrationFailed{.position = 4});
  reported.report.on_event(UpgradeFinished{.done = 3, .upgrade = "12"});
  CHECK(reported.outcomes() == Outcomes{"done", "done", "done", "failed"});
  CHECK(reported.json(7).at("upgrade") == 12);
}

TEST_CASE("a transaction that is tried again is counted", "[upgrade_report]") {
  Reported reported;
  reported.begin();
  reported.ran(1);
  reported.started(2);
  const Blockage blockage{.relation = "item", .blockers = {{.pid = 4711}}};
  reported.report.on_event(StatementBlocked{.position = 2, .blockage = blockage});
  reported.report.on_event(GroupRetrying{.attempt = 1,
                                         .rolled_back = 1,
                                         .problem = "lock timeout",
                                         .sqlstate = "55P03",
                                         .blockage = blockage,
                                         .pause = 40ms});
  CHECK(reported.outcomes() == Outcomes{"not-run", "not-run", "not-run", "not-run"});
  reported.ran(1);
  reported.ran(2);
  const Json json = reported.json(std::nullopt);
  CHECK(json.at("groups").at(0).at("steps").at(1).at("attempts") == 2);
  CHECK(json.at("groups").at(0).at("steps").at(1).at("blocked").at(0).at("relation") == "item");
  const Json& retry = json.at("retries").at(0);
  CHECK(retry.at("group") == 1);
  CHECK(retry.at("sqlstate") == "55P03");
  CHECK(retry.at("pause_ms") == 40);
  CHECK(retry.at("blockers").at(0).at("pid") == 4711);
  CHECK_FALSE(retry.contains("type"));
}

TEST_CASE("what nobody knows is told as that", "[upgrade_report]") {
  Reported reported;
  reported.begin();
  reported.ran(1);
  reported.ran(2);
  reported.report.on_event(CommitResolved{.outcome = CommitOutcome::Unknown, .steps = 2});
  reported.report.on_event(UpgradeFinished{.not_run = 2, .unknown = 2});
  reported.report.set_problem(Error({.code = ErrorCode::Database, .message = "lost"}));
  CHECK(reported.outcomes() == Outcomes{"unknown", "unknown", "not-run", "not-run"});
  CHECK(reported.json(6).at("outcome") == "unknown");
  CHECK(reported.json(6).at("lost_connections").at(0).at("outcome") == "unknown");
}

TEST_CASE("a wait for another run lasts until something else happens", "[upgrade_report]") {
  Reported reported;
  reported.report.on_event(LockWaiting{.holder = {.pid = 12}, .timeout = 600s});
  reported.now += 2s;
  reported.begin();
  reported.now += 5s;
  const Json wait = reported.json(0).at("lock_waits").at(0);
  CHECK(wait.at("waited_ms") == 2000);
  CHECK(wait.at("holder").at("pid") == 12);
}

TEST_CASE("a password is in no report", "[upgrade_report]") {
  Reported reported;
  reported.report.set_database("postgresql://shop:s3cret@db/shop");
  CHECK(reported.report.json(0).find("s3cret") == std::string::npos);
}

}  // namespace medusa
