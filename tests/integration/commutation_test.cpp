// SPDX-License-Identifier: MIT
// Pairs of migrations, made at random over a small shop, run in both orders on a real server: no
// pair that `collision` lets pass may leave two different databases.
#include "medusa/sql/commutation.hpp"

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <random>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "medusa/sql/known_objects_builder.hpp"

#include "commutation/grammar.hpp"
#include "commutation/trials.hpp"
#include "commutation/workshop.hpp"

namespace medusa {

namespace {

using Footprint = std::vector<StatementFootprint>;

struct TriedMigration {
  std::string sql = {};
  Footprint footprint = {};
};

Footprint footprint_of(std::string_view sql) {
  return FootprintReader().read(sql);
}

std::vector<TriedMigration> migrations(Workshop& workshop, Random& random, std::size_t count) {
  Grammar grammar(random);
  std::vector<TriedMigration> made;
  while (made.size() < count) {
    TriedMigration migration{.sql = grammar.migration()};
    // Most must work by themselves; some need what another brings.
    if (workshop.after(migration.sql).empty() &&
        std::uniform_int_distribution<int>(0, 9)(random) != 0) {
      continue;
    }
    migration.footprint = footprint_of(migration.sql);
    made.push_back(std::move(migration));
  }
  return made;
}

using Question = std::function<bool(const TriedMigration&, const TriedMigration&)>;

Trials compare(Workshop& workshop,
               Random& random,
               const std::vector<TriedMigration>& all,
               int pairs,
               const Question& commute) {
  Trials trials;
  std::uniform_int_distribution<std::size_t> any(0, all.size() - 1);
  while (trials.safe < pairs) {
    const TriedMigration& a = all[any(random)];
    const TriedMigration& b = all[any(random)];
    const bool safe = commute(a, b);
    // Of the others only some are tried, to know how many alarms are false.
    if (safe || std::uniform_int_distribution<int>(0, 9)(random) == 0) {
      trials.take(workshop, a.sql, b.sql, safe);
    }
  }
  return trials;
}

bool may_meet(const KnownObjects& known, const Footprint& a, const Footprint& b) {
  const auto one = known.near(a);
  const auto other = known.near(b);
  return !one.has_value() || !other.has_value() ||
         std::any_of(
             one->begin(), one->end(), [&](auto entity) { return other->contains(entity); });
}

/// The answer, which must not depend on who is asked first.
bool commutes(const Footprint& a, const Footprint& b, const KnownObjects& known) {
  const bool answer = !collision(a, b, known);
  CHECK(answer == !collision(b, a, known));
  if (!answer && known.complete() && !may_meet(known, a, b)) {
    FAIL_CHECK("they are not near each other: " << collision(a, b, known)->reason);
  }
  return answer;
}

unsigned int seed() {
  const char* const given = std::getenv("MEDUSA_COMMUTATION_SEED");
  return given != nullptr ? static_cast<unsigned int>(std::strtoul(given, nullptr, 10)) : 20240613U;
}

int pair_count(int usual) {
  const char* const given = std::getenv("MEDUSA_COMMUTATION_PAIRS");
  return given != nullptr ? std::atoi(given) : usual;
}

/// Positions of sequences are not rolled back, unless the sequence begins anew.
constexpr const char* kRestart =
    "ALTER SEQUENCE counter RESTART WITH 4; ALTER SEQUENCE product_id_seq RESTART WITH 4;\n";

KnownObjects known_objects_of(const std::vector<TriedMigration>& all, const Footprint& other) {
  KnownObjectsBuilder builder;
  for (const TriedMigration& each : all) {
    builder.add(each.footprint);
  }
  builder.add(other);
  return std::move(builder).build();
}

}  // namespace

TEST_CASE("migrations that are said to commute leave the same database in both orders") {
  INFO("seed " << seed());
  Workshop workshop(kBase, kRestart);
  Random random(seed());
  REQUIRE_FALSE(workshop.after("SELECT 1").empty());
  const std::vector<TriedMigration> all = migrations(workshop, random, 400);
  report("commutation, whatever the database",
         compare(workshop, random, all, pair_count(1500), [](const auto& a, const auto& b) {
           return commutes(a.footprint, b.footprint, KnownObjects());
         }));
  const std::vector<TriedMigration> base{{.footprint = footprint_of(kBase)}};
  report(
      "commutation in a known database",
      compare(workshop, random, all, pair_count(1500), [&](const auto& a, const auto& b) {
        return commutes(a.footprint, b.footprint, known_objects_of({base.front(), a}, b.footprint));
      }));
}

TEST_CASE("the comparison of both orders notices an answer that is wrong") {
  Workshop workshop(kBase, kRestart);
  Random random(seed());
  const std::vector<TriedMigration> all = migrations(workshop, random, 100);
  const Trials trials = compare(
      workshop, random, all, 100, [](const auto& /*a*/, const auto& /*b*/) { return true; });
  CHECK(trials.wrong.size() > 3);
}

}  // namespace medusa
