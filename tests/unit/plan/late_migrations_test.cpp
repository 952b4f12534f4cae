// SPDX-License-Identifier: MIT
#include <string>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

#include "medusa/plan/prediction.hpp"

#include "catalogs.hpp"

using namespace medusa;

namespace {

struct Written {
  test::Spec spec = {};
  std::string up = {};
};

DirectionFootprint direction(const std::string& sql) {
  LoweredProgram program;
  program.push_back({.statement = {.sql = sql}});
  return footprint_of({.program = program});
}

/// A database with applied migrations, some of which may be gone or edited, and one that is late.
class Past {
 public:
  Past& applied(Written written) {
    done_.push_back(written.spec);
    return here(std::move(written));
  }

  /// Applied, and in no member any more.
  Past& gone(test::Spec spec, std::optional<std::string> recorded = {}) {
    done_.push_back(std::move(spec));
    if (recorded.has_value()) {
      recordings_.push_back({.id = static_cast<std::int64_t>(done_.size()),
                             .timestamp = done_.back().timestamp,
                             .name = done_.back().name,
                             .sql = std::move(recorded)});
    }
    return *this;
  }

  Past& live(SchemaObject object) {
    facts_.snapshot.objects.push_back(std::move(object));
    return *this;
  }

  Past& rule(ObjectRef rule) {
    facts_.snapshot.rules.push_back(std::move(rule));
    return *this;
  }

  LateVerdict verdict(const std::string& late) {
    here({.spec = {.name = "L1", .timestamp = 1, .member = "late"}, .up = late});
    facts_.recordings = Recordings(recordings_);
    return predict_upgrade(test::catalog_of(here_), test::history_of(done_), facts_).late.at(0);
  }

 private:
  Past& here(Written written) {
    facts_.footprints.add(written.spec.member,
                          {.name = written.spec.name, .up = direction(written.up)});
    here_.push_back(std::move(written.spec));
    return *this;
  }

  std::vector<test::Spec> here_ = {};
  std::vector<test::Spec> done_ = {};
  std::vector<Recording> recordings_ = {};
  UpgradeFacts facts_ = {};
};

const Written kTable{.spec = {.name = "T0", .timestamp = 0, .member = "core"},
                     .up =
                         "CREATE TABLE t (id int PRIMARY KEY, x int, y int); "
                         "CREATE TABLE u (id int PRIMARY KEY, z int)"};

using Kind = LateVerdict::Kind;

}  // namespace

TEST_CASE("what is missing and was not recorded is named, not taken for harmless", "[late]") {
  const LateVerdict verdict =
      Past().applied(kTable).gone({.name = "Gone9", .timestamp = 9}).verdict("CREATE TABLE a ()");
  CHECK(verdict.kind == Kind::Unknown);
  CHECK(verdict.other == "Gone9");
  CHECK(verdict.text ==
        "what Gone9 did, newer, applied and in no member, is not known (it was not applied by "
        "medusa, so its SQL was not recorded)");
}

TEST_CASE("what is missing and older does not matter", "[late]") {
  const LateVerdict verdict = Past()
                                  .gone({.name = "Gone0", .timestamp = 0})
                                  .applied({.spec = {.name = "N9", .timestamp = 9, .member = "c"},
                                            .up = "CREATE TABLE b ()"})
                                  .verdict("CREATE TABLE a ()");
  CHECK(verdict.kind == Kind::Safe);
}

TEST_CASE("what is missing is compared by what was recorded of it", "[late]") {
  const auto past = [] {
    return Past().applied(kTable).gone({.name = "Gone9", .timestamp = 9},
                                       "ALTER TABLE t ALTER COLUMN x SET DEFAULT 1;\n");
  };
  CHECK(past().verdict("ALTER TABLE t ALTER COLUMN y SET DEFAULT 2").kind == Kind::Safe);
  const LateVerdict verdict = past().verdict("ALTER TABLE t ALTER COLUMN x SET DEFAULT 2");
  CHECK(verdict.kind == Kind::Collides);
  CHECK(verdict.other == "Gone9");
  CHECK(verdict.text == "both alter the column t.x");
  CHECK(verdict.other_place.file.empty());
  const LateVerdict garbage =
      Past().gone({.name = "Gone9", .timestamp = 9}, "CREATE TABEL").verdict("CREATE TABLE a ()");
  CHECK(garbage.kind == Kind::Unknown);
}

TEST_CASE("rows of a table with a trigger or a rule set unknown things in motion", "[late]") {
  const Written newer{.spec = {.name = "N9", .timestamp = 9, .member = "core"},
                      .up = "UPDATE u SET z = 1"};
  const std::string late = "UPDATE t SET x = 1";
  CHECK(Past().applied(kTable).applied(newer).verdict(late).kind == Kind::Safe);
  const LateVerdict trigger =
      Past()
          .applied(kTable)
          .applied(newer)
          .live(
              {.ref = {.kind = ObjectKind::Trigger, .schema = "public", .name = "t", .part = "g"}})
          .verdict(late);
  CHECK(trigger.kind == Kind::Unknown);
  CHECK(trigger.other == "core/N9");
  CHECK(trigger.text.find("it changes rows of t, where the trigger or rule public.t.g may do") ==
        0);
  const LateVerdict rule =
      Past()
          .applied(kTable)
          .applied(newer)
          .rule({.kind = ObjectKind::Trigger, .schema = "public", .name = "u", .part = "r"})
          .verdict(late);
  CHECK(rule.kind == Kind::Unknown);
  CHECK(rule.text.find("core/N9 changes rows of u") == 0);
}

TEST_CASE("rows that a foreign key connects are not exchanged", "[late]") {
  const Written newer{.spec = {.name = "N9", .timestamp = 9, .member = "core"},
                      .up = "DELETE FROM u WHERE z = 1"};
  const Written key{.spec = {.name = "K0", .timestamp = 0, .member = "core"},
                    .up = "ALTER TABLE t ADD FOREIGN KEY (y) REFERENCES u (id) ON DELETE CASCADE"};
  const auto past = [&] { return Past().applied(kTable).applied(key).applied(newer); };
  CHECK(past().verdict("UPDATE t SET x = 1").kind == Kind::Collides);
  CHECK(past().verdict("INSERT INTO t (id, y) VALUES (1, 1)").kind == Kind::Collides);
  CHECK(past().verdict("CREATE TABLE a (id int); INSERT INTO a (id) VALUES (1)").kind ==
        Kind::Safe);
}
