// SPDX-License-Identifier: MIT
#include "medusa/plan/plugin_removal.hpp"

#include <catch2/catch.hpp>

#include "catalogs.hpp"

namespace medusa {

namespace {

/// Tests write SQL; who did what is in words.
struct Written {
  test::Spec spec = {};
  std::string up = {};
  std::string down = {};
};

DirectionFootprint direction(const std::string& sql) {
  LoweredProgram program;
  program.push_back({.statement = {.sql = sql}});
  return footprint_of({.program = program});
}

PluginRemoval removal_of(const std::vector<Written>& applied,
                         const std::vector<Written>& pending = {},
                         const std::vector<std::string>& there = {}) {
  std::vector<test::Spec> specs;
  UpgradeFacts facts;
  facts.snapshot.objects = {{.ref = {.kind = ObjectKind::Schema, .name = "public"}}};
  for (const std::string& table : there) {
    facts.snapshot.objects.push_back(
        {.ref = {.kind = ObjectKind::Table, .schema = "public", .name = table}});
  }
  for (const auto* list : {&applied, &pending}) {
    for (const Written& written : *list) {
      specs.push_back(written.spec);
      facts.footprints.add(written.spec.member,
                           {.name = written.spec.name,
                            .up = direction(written.up),
                            .down = direction(written.down)});
    }
  }
  const std::vector<test::Spec> done(specs.begin(),
                                     specs.begin() + static_cast<std::ptrdiff_t>(applied.size()));
  return plan_removal("p", test::catalog_of(specs), test::history_of(done), {}, facts);
}

const Written kTable{.spec = {.name = "T1", .timestamp = 1, .member = "p"},
                     .up = "CREATE TABLE t (id int)",
                     .down = "DROP TABLE t"};

TEST_CASE("reading is a use, whether it is applied or pending", "[plugin_removal]") {
  const Written reads{.spec = {.name = "R2", .timestamp = 2, .member = "q"},
                      .up = "UPDATE own SET x = (SELECT count(*) FROM t)"};
  const PluginRemoval removal = removal_of({kTable, reads}, {}, {"t", "own"});
  REQUIRE(removal.used_by.size() == 1);
  CHECK(removal.used_by.front().action == Action::Read);
  CHECK(removal.used_by.front().object == "table t");
  CHECK(removal.used_by.front().applied);
  CHECK(removal.executed_since == 1);
  REQUIRE(removal.steps.size() == 1);
  CHECK(removal.steps.front().drops == test::Names{"table t"});
  CHECK_FALSE(removal_of({kTable}, {reads}, {"t", "own"}).used_by.front().applied);
}

TEST_CASE("what another member creates itself is not the plugin's", "[plugin_removal]") {
  const Written first{.spec = {.name = "A0", .timestamp = 0, .member = "q"},
                      .up = "CREATE TABLE t (id int)"};
  const Written later{.spec = {.name = "B3", .timestamp = 3, .member = "q"},
                      .up = "ALTER TABLE t ADD COLUMN x int"};
  CHECK_FALSE(removal_of({first, kTable, later}, {}, {"t"}).in_use());
  CHECK(removal_of({kTable, later}, {}, {"t"}).used_by.front().action == Action::Alter);
}

TEST_CASE("what is gone already is not dropped", "[plugin_removal]") {
  const PluginRemoval removal = removal_of({kTable});
  CHECK(removal.steps.front().drops.empty());
  CHECK(removal.steps.front().problems.size() == 1);
  CHECK_FALSE(removal.in_use());
}

}  // namespace

}  // namespace medusa
