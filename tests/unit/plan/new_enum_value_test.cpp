// SPDX-License-Identifier: MIT
// A value that an upgrade adds to an enum cannot be used before it is committed.
#include <catch2/catch.hpp>

#include "medusa/core/error.hpp"
#include "medusa/plan/plan.hpp"

#include "catalogs.hpp"

namespace medusa {

namespace {

using Catch::Matchers::Contains;
using test::shape;

struct Written {
  test::Spec spec = {};
  std::string up = {};
};

constexpr int kPostgres15 = 150004;
constexpr int kPostgres17 = 170000;

/// The plan for a database that has the enum `mood` ('good') and the table note (id, mood).
Plan plan_of(const std::vector<Written>& pending,
             TransactionMode mode = TransactionMode::All,
             int server_version = kPostgres15) {
  std::vector<test::Spec> specs;
  UpgradeFacts facts;
  const ObjectRef type{.kind = ObjectKind::Type, .schema = "public", .name = "mood"};
  const auto part = [](ObjectKind kind, const char* of, const char* name) {
    return ObjectRef{.kind = kind, .schema = "public", .name = of, .part = name};
  };
  facts.snapshot = {
      .objects = {{.ref = {.kind = ObjectKind::Schema, .name = "public"}},
                  {.ref = type},
                  {.ref = part(ObjectKind::EnumValue, "mood", "good")},
                  {.ref = {.kind = ObjectKind::Table, .schema = "public", .name = "note"}},
                  {.ref = part(ObjectKind::Column, "note", "id")},
                  {.ref = part(ObjectKind::Column, "note", "mood"),
                   .depends_on = {{.object = type, .is_type = true}}}},
      .server_version = server_version};
  for (const Written& written : pending) {
    specs.push_back(written.spec);
    LoweredProgram program;
    program.push_back({.statement = {.sql = written.up}});
    facts.footprints.add(written.spec.member,
                         {.name = written.spec.name, .up = footprint_of({.program = program})});
  }
  return make_upgrade_plan(test::catalog_of(specs), History(), mode, facts);
}

std::string refusal_of(const std::vector<Written>& pending,
                       TransactionMode mode = TransactionMode::All,
                       int server_version = kPostgres15) {
  try {
    static_cast<void>(plan_of(pending, mode, server_version));
    return "";
  } catch (const Error& error) {
    return error.first().message;
  }
}

const Written kAdds{.spec = {.name = "A1", .timestamp = 1, .member = "p"},
                    .up = "ALTER TYPE mood ADD VALUE 'odd'"};
const Written kUses{.spec = {.name = "U2", .timestamp = 2, .member = "q"},
                    .up = "UPDATE note SET mood = 'odd' WHERE id = 1"};
const Written kElse{.spec = {.name = "E3", .timestamp = 3, .member = "q"},
                    .up = "INSERT INTO note VALUES (1, 'odd')"};

}  // namespace

TEST_CASE("a use of a new value begins a transaction of its own, which others join") {
  const Plan plan = plan_of({kAdds, kUses, kElse});
  CHECK(shape(plan) == "(A1)(U2 E3)");
  CHECK(plan.groups[0].reason.empty());
  CHECK(plan.groups[1].reason ==
        "uses enum value mood.odd, which p/A1 adds and must be committed first");
  REQUIRE(plan.warnings.size() == 1);
  CHECK_THAT(plan.warnings[0], Contains("q/U2 uses enum value mood.odd"));
}

TEST_CASE("in the other modes everything is committed before it is used anyway") {
  for (const TransactionMode mode : {TransactionMode::Each, TransactionMode::None}) {
    const Plan plan = plan_of({kAdds, kUses}, mode);
    CHECK(plan.groups.size() == 2);
    CHECK(plan.groups[1].reason.empty());
    CHECK(plan.warnings.empty());
  }
}

TEST_CASE("who adds a value outside of transactions has committed it") {
  Written adds = kAdds;
  adds.spec.transaction = false;
  const Plan plan = plan_of({adds, kUses, kElse});
  CHECK(shape(plan) == "[A1](U2 E3)");
  CHECK(plan.groups[1].reason.empty());
}

TEST_CASE("an older use waits for the value, and for its commit") {
  Written older = kUses;
  older.spec.name = "U0";
  older.spec.timestamp = 0;
  CHECK(shape(plan_of({older, kAdds})) == "(A1)(U0)");
}

TEST_CASE(
    "a migration that adds and uses a value is refused, except where each statement commits") {
  Written both = kAdds;
  both.up += "; " + kUses.up;
  CHECK(refusal_of({both}) == "p/A1 adds enum value mood.odd and uses it in one transaction");
  CHECK(refusal_of({both}, TransactionMode::Each) != "");
  CHECK(refusal_of({both}, TransactionMode::None) == "");
}

TEST_CASE("a type of the same transaction: PostgreSQL 17 forgives added values") {
  const Written makes{.spec = {.name = "M1", .timestamp = 1, .member = "p"},
                      .up = "CREATE TYPE tone AS ENUM ('low'); ALTER TYPE tone ADD VALUE 'high'"};
  const Written low{.spec = {.name = "L2", .timestamp = 2, .member = "q"},
                    .up = "CREATE TABLE l (tone tone DEFAULT 'low')"};
  const Written high{.spec = {.name = "H3", .timestamp = 3, .member = "q"},
                     .up = "CREATE TABLE h (tone tone DEFAULT 'high')"};
  CHECK(shape(plan_of({makes, low, high})) == "(M1 L2)(H3)");
  CHECK(shape(plan_of({makes, low, high}, TransactionMode::All, kPostgres17)) == "(M1 L2 H3)");
  CHECK(shape(plan_of({kAdds, kUses}, TransactionMode::All, kPostgres17)) == "(A1)(U2)");
}

TEST_CASE("other columns' texts, and values that are there, split nothing") {
  const Written others{.spec = {.name = "O2", .timestamp = 2, .member = "q"},
                       .up =
                           "CREATE TABLE t (word text DEFAULT 'odd'); UPDATE t SET word = 'odd'; "
                           "INSERT INTO note (mood) VALUES ('good')"};
  CHECK(shape(plan_of({kAdds, others})) == "(A1 O2)");
}

}  // namespace medusa
