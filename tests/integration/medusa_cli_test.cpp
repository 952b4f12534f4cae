// SPDX-License-Identifier: MIT
// Medusa's own command line and ours take turns on one database: each must see what the other did.
#include <nlohmann/json.hpp>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>

#include "medusa/core/text.hpp"

#include "oracle/oracle.hpp"

namespace medusa {

namespace {

/// `medusa migrations ACTION` of the package @medusajs/medusa, in the shop's backend.
Outcome run_their(const TemporaryWorkspace& shop,
                  const std::string& action,
                  const TestDatabase& database) {
  const auto program = project_root() / "node_modules" / ".bin" / "medusa";
  return run_program(
      program.string(), shop.root() / "backend", {"migrations", action}, on(database));
}

/// A line of their `show`, "[X] 12 Name" or "[ ] Name", of which only the name and whether it is
/// applied matter here.
struct Shown {
  std::string name = {};
  bool applied = false;

  bool operator==(const Shown& other) const = default;
};

std::ostream& operator<<(std::ostream& out, const Shown& shown) {
  return out << (shown.applied ? "[X] " : "[ ] ") << shown.name;
}

std::vector<Shown> their_list(const Outcome& shown) {
  std::vector<Shown> list;
  for (const std::string_view raw : lines(shown.output)) {
    const std::string_view line = trim(raw);
    if (line.starts_with("[X] ") || line.starts_with("[ ] ")) {
      list.push_back({.name = std::string(line.substr(line.rfind(' ') + 1)),
                      .applied = line.starts_with("[X]")});
    }
  }
  return list;
}

/// Our `show --format json`; migrations whose flag is off are not in their list.
std::vector<Shown> our_list(const Outcome& shown) {
  std::vector<Shown> list;
  const auto answer = nlohmann::json::parse(shown.output);
  for (const auto& migration : answer.at("migrations")) {
    if (migration.at("state") != "disabled") {
      list.push_back({.name = migration.at("name"), .applied = migration.at("state") == "applied"});
    }
  }
  return list;
}

/// What our `verify` says of a database without problems.
struct Counts {
  int same = 0;
  int not_comparable = 0;  // the core's one dynamic migration
  int not_recorded = 0;

  bool operator==(const Counts& other) const = default;
};

Counts verified(const BuiltShop& shop, const TestDatabase& database) {
  const Outcome outcome = shop.migrations({"verify", "--format", "json"}, on(database));
  CHECK_EXIT(outcome, 0);
  const auto summary = nlohmann::json::parse(outcome.output).at("summary");
  return {.same = summary.at("same"),
          .not_comparable = summary.at("not_comparable"),
          .not_recorded = summary.at("not_recorded")};
}

std::vector<std::string> all_but_last(std::vector<std::string> names) {
  names.pop_back();
  return names;
}

}  // namespace

TEST_CASE("Medusa's command line goes on where ours stopped", "[medusa]") {
  const BuiltShop shop;
  const TestDatabase database;
  CHECK_EXIT(shop.migrations({"run"}, on(database)), 0);

  const Outcome theirs = run_their(shop, "show", database);
  CHECK_EXIT(theirs, 0);
  const Outcome ours = shop.migrations({"show", "--format", "json"}, on(database));
  CHECK_EXIT(ours, 0);
  const std::vector<Shown> list = their_list(theirs);
  CHECK(list.size() == 82);
  CHECK(list == our_list(ours));
  for (const Shown& shown : list) {
    CHECK(shown.applied);
  }

  // Both find the same to be the last one.
  const std::vector<std::string> applied = database.applied();
  CHECK(applied.back() == "CreatePickupPoint1714027563318");
  CHECK_EXIT(run_their(shop, "revert", database), 0);
  CHECK(database.applied() == all_but_last(applied));
  CHECK_FALSE(database.has_relation("pickup_point"));
  const Outcome pending = shop.migrations({"show", "--format", "json"}, on(database));
  CHECK_EXIT(pending, 1);
  CHECK(our_list(pending).back() == Shown{.name = applied.back(), .applied = false});

  // Applied again by theirs, it is another row: what we recorded of the first one is not believed.
  CHECK_EXIT(run_their(shop, "run", database), 0);
  CHECK(database.applied() == applied);
  CHECK(verified(shop, database) == Counts{.same = 80, .not_comparable = 1, .not_recorded = 1});
}

TEST_CASE("our command line goes on where Medusa's stopped", "[medusa]") {
  const BuiltShop shop;
  const TestDatabase database;
  CHECK_EXIT(run_their(shop, "run", database), 0);
  const std::vector<std::string> applied = database.applied();
  CHECK(applied.size() == 82);

  const Outcome shown = shop.migrations({"show", "--format", "json"}, on(database));
  CHECK_EXIT(shown, 0);
  const std::vector<Shown> list = our_list(shown);
  CHECK(list.size() == 82);
  for (const Shown& each : list) {
    CHECK(each.applied);
  }
  const std::string before = database.dump();
  const Outcome run = shop.migrations({"run"}, on(database));
  CHECK_EXIT(run, 0);
  CHECK(run.output == "Nothing is pending: 82 migrations are applied.\n");
  CHECK(difference(database.dump(), before) == "");
  CHECK(verified(shop, database) == Counts{.not_recorded = 82});

  CHECK(applied.back() == "CreatePickupPoint1714027563318");
  CHECK_EXIT(shop.migrations({"revert"}, on(database)), 0);
  CHECK(database.applied() == all_but_last(applied));
  CHECK_FALSE(database.has_relation("pickup_point"));
  const Outcome theirs = run_their(shop, "show", database);
  CHECK_EXIT(theirs, 1);
  CHECK(their_list(theirs).back() == Shown{.name = applied.back(), .applied = false});
}

}  // namespace medusa
