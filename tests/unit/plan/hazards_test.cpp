// SPDX-License-Identifier: MIT
// Which hazards matter to a database: whose tables have rows, and what the upgrade itself makes.
#include <catch2/catch.hpp>

#include "medusa/core/error.hpp"
#include "medusa/plan/plan.hpp"

#include "catalogs.hpp"

namespace medusa {

namespace {

using Catch::Matchers::Contains;
using Lines = std::vector<std::string>;

struct Written {
  std::string up = {};
  std::optional<bool> transaction = {};
};

constexpr std::int64_t kMegabyte = 1024 * 1024;

/// A database whose only table with rows is product; its column `checked` is proven not to be NULL.
UpgradeFacts shop() {
  UpgradeFacts facts;
  const ObjectRef product{.kind = ObjectKind::Table, .schema = "public", .name = "product"};
  ObjectRef empty = product;
  empty.name = "empty";
  facts.snapshot = {.objects = {{.ref = {.kind = ObjectKind::Schema, .name = "public"}},
                                {.ref = product},
                                {.ref = empty}},
                    .filled_tables = {{.schema = "public",
                                       .name = "product",
                                       .rows = 1'234'567,
                                       .bytes = 310 * kMegabyte,
                                       .columns = {{"handle", {"varchar", {20}}, false},
                                                   {"price", {"int4", {}}, false},
                                                   {"checked", {"text", {}}, true}}}}};
  for (const char* table : {"product", "empty"}) {
    for (const char* column : {"handle", "price", "checked"}) {
      facts.snapshot.objects.push_back(
          {.ref = {.kind = ObjectKind::Column, .schema = "public", .name = table, .part = column}});
    }
  }
  return facts;
}

Plan plan_of(const std::vector<Written>& pending, UpgradeFacts facts = shop()) {
  std::vector<test::Spec> specs;
  for (const Written& written : pending) {
    const auto number = static_cast<std::int64_t>(specs.size()) + 1;
    specs.push_back({.name = "M" + std::to_string(number),
                     .timestamp = number,
                     .transaction = written.transaction});
    LoweredProgram program;
    program.push_back({.statement = {.sql = written.up, .place = {.line = 7}}});
    facts.footprints.add("m",
                         {.name = specs.back().name, .up = footprint_of({.program = program})});
  }
  return make_upgrade_plan(test::catalog_of(specs), History(), TransactionMode::All, facts);
}

/// "1 index-blocks-writes" for each: the step and the code.
Lines hazards(const std::vector<Written>& pending, const UpgradeFacts& facts = shop()) {
  Lines found;
  for (const PlannedHazard& hazard : plan_of(pending, facts).hazards) {
    found.push_back(std::to_string(hazard.position) + ' ' + std::string(code_of(hazard.rule)));
  }
  return found;
}

const Written kIndex{.up = "CREATE INDEX i ON product (handle)"};

}  // namespace

TEST_CASE("a hazard tells the table, its size, the lock and the place") {
  const Plan plan = plan_of({{.up = "SELECT 1"}, kIndex});
  REQUIRE(plan.hazards.size() == 1);
  const PlannedHazard& hazard = plan.hazards[0];
  CHECK(hazard.position == 2);
  CHECK(hazard.migration == "m/M2");
  CHECK(hazard.table == "product");
  CHECK(hazard.rows == 1'234'567);
  CHECK(hazard.lock == TableLock::Share);
  CHECK(hazard.place.line == 7);
  CHECK(hazard.message ==
        "writes to product (about 1.2 million rows, 310 MB) wait while i is built");
  CHECK(hazard.safer == "CREATE INDEX CONCURRENTLY i ON product (handle);");
}

TEST_CASE("empty tables, and those that the upgrade makes, are none") {
  CHECK(hazards({{.up = "CREATE INDEX i ON empty (handle)"}}).empty());
  CHECK(hazards({{.up = "CREATE TABLE t (a int)"}, {.up = "CREATE INDEX i ON t (a)"}}).empty());
  CHECK(hazards({{.up = "CREATE TABLE IF NOT EXISTS product (handle int); "
                        "CREATE INDEX i ON product (handle)"}}) == Lines{"1 index-blocks-writes"});
  CHECK(hazards({{.up = "DROP TABLE product; CREATE TABLE product (handle int); "
                        "CREATE INDEX i ON product (handle)"}}) == Lines{"1 drops-table"});
}

TEST_CASE("a table that is renamed keeps its rows, and its old name may be a new table's") {
  CHECK(hazards({{.up = "ALTER TABLE product RENAME TO item"},
                 {.up = "CREATE TABLE product (handle int)"},
                 {.up = "CREATE INDEX i ON product (handle)"},
                 {.up = "CREATE INDEX j ON item (handle)"}}) ==
        Lines{"1 renames-table", "4 index-blocks-writes"});
}

TEST_CASE("the column's type decides about the rewrite, also after it was changed") {
  CHECK(hazards({{.up = "ALTER TABLE product ALTER handle TYPE text"}}).empty());
  CHECK(hazards({{.up = "ALTER TABLE product ALTER handle TYPE text"},
                 {.up = "ALTER TABLE product ALTER handle TYPE varchar(20)"}}) ==
        Lines{"2 column-type-rewrites"});
  CHECK(plan_of({{.up = "ALTER TABLE product ALTER price TYPE bigint"}}).hazards.at(0).work ==
        TableWork::Rewrite);
  CHECK(plan_of({{.up = "ALTER TABLE product ALTER price TYPE mood"}}).hazards.at(0).work ==
        TableWork::MayRewrite);
  CHECK(hazards({{.up = "ALTER TABLE product RENAME handle TO slug; "
                        "ALTER TABLE product ALTER slug TYPE varchar(30)"}}) ==
        Lines{"1 renames-column"});
}

TEST_CASE("SET NOT NULL is none where a check that holds says so") {
  const std::string set = "ALTER TABLE product ALTER handle SET NOT NULL";
  const std::string add =
      "ALTER TABLE product ADD CONSTRAINT c CHECK (handle IS NOT NULL) NOT VALID";
  CHECK(hazards({{.up = set}}) == Lines{"1 not-null-scans"});
  CHECK(hazards({{.up = set}, {.up = set}}) == Lines{"1 not-null-scans"});
  CHECK(hazards({{.up = "ALTER TABLE product ALTER checked SET NOT NULL"}}).empty());
  CHECK(hazards({{.up = add}, {.up = set}}) == Lines{"2 not-null-scans"});
  CHECK(hazards({{.up = add}, {.up = "ALTER TABLE product VALIDATE CONSTRAINT c"}, {.up = set}})
            .empty());
}

TEST_CASE("COMMIT is refused inside a transaction, whatever the configuration says") {
  UpgradeFacts facts = shop();
  facts.refuse = false;
  facts.hazards = HazardPolicy::Off;
  facts.allowed_hazards = {"transaction-control"};
  CHECK(plan_of({{.up = "COMMIT", .transaction = false}}, facts).step_count() == 1);
  try {
    static_cast<void>(plan_of({kIndex, {.up = "SELECT 1; COMMIT; BEGIN"}}, facts));
    FAIL("it was planned");
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::Plan);
    REQUIRE(error.diagnostics().size() == 1);
    CHECK(error.first().message ==
          "m/M2 begins or ends a transaction itself (COMMIT), but runs inside the upgrade's");
    CHECK(error.first().location->line == 7);
  }
}

TEST_CASE("with refuse everything is named, with its place and a safer way") {
  UpgradeFacts facts = shop();
  facts.hazards = HazardPolicy::Refuse;
  CHECK(plan_of({{.up = "CREATE INDEX i ON empty (handle)"}}, facts).hazards.empty());
  try {
    static_cast<void>(plan_of({kIndex, {.up = "ALTER TABLE product DROP COLUMN price"}}, facts));
    FAIL("it was not refused");
  } catch (const Error& error) {
    REQUIRE(error.diagnostics().size() == 2);
    CHECK(error.code() == ErrorCode::Plan);
    const Diagnostic& first = error.first();
    CHECK_THAT(first.message, Contains("index-blocks-writes: writes to product"));
    CHECK(first.location->line == 7);
    CHECK(first.notes.at(0) == "step 1, m/M1, SHARE lock");
    CHECK(first.notes.at(1) == "safer: CREATE INDEX CONCURRENTLY i ON product (handle);");
    CHECK(first.hint == "medusa explain index-blocks-writes");
    CHECK_THAT(error.diagnostics()[1].notes.back(), Contains("nothing ran"));
  }
}

TEST_CASE("what the configuration allows is not told, and off tells nothing") {
  UpgradeFacts facts = shop();
  facts.allowed_hazards = {"index-blocks-writes"};
  CHECK(hazards({kIndex, {.up = "DROP TABLE product"}}, facts) == Lines{"2 drops-table"});
  facts.hazards = HazardPolicy::Off;
  CHECK(hazards({{.up = "DROP TABLE product"}}, facts).empty());
}

TEST_CASE("a table whose size is not known counts, and says so") {
  UpgradeFacts facts = shop();
  facts.snapshot.filled_tables[0].rows.reset();
  facts.snapshot.filled_tables[0].bytes.reset();
  CHECK_THAT(plan_of({kIndex}, facts).hazards.at(0).message,
             Contains("product (rows never counted, locked, so not measured)"));
}

TEST_CASE("an unqualified name is the table of the first schema that has one") {
  UpgradeFacts facts = shop();
  facts.schema_is_set = false;
  facts.snapshot.search_path = {"$user", "public"};
  facts.snapshot.user = "shop";
  CHECK(hazards({kIndex}, facts) == Lines{"1 index-blocks-writes"});
  facts.snapshot.search_path = {"other"};
  facts.refuse = false;
  CHECK(hazards({kIndex}, facts).empty());
}

}  // namespace medusa
