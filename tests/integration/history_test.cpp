// SPDX-License-Identifier: MIT
// What an upgrade records beside TypeORM's table, and what show and verify make of it later.
#include <nlohmann/json.hpp>

#include <catch2/catch.hpp>

#include "small_shop.hpp"
#include "test_database.hpp"

using Catch::Matchers::Contains;
using medusa::Outcome;
using medusa::SmallShop;
using medusa::sql_migration;
using medusa::TestDatabase;
using medusa::typescript_migration;

namespace {

using Json = nlohmann::json;
using Names = std::vector<std::string>;

constexpr const char* kReview = "1700000000001-review.sql";
constexpr const char* kClock = "1700000000002-clock.ts";
const std::string kReviewTable = "CREATE TABLE review (stars int DEFAULT 5, name text)";

void require_success(const Outcome& outcome) {
  INFO("stdout: " << outcome.output << "\nstderr: " << outcome.errors);
  REQUIRE(outcome.exit_code == 0);
}

void add_review(const SmallShop& shop, const std::string& up = kReviewTable + ";") {
  shop.add("reviews", kReview, sql_migration(up, "DROP TABLE review;"));
}

/// Reads a result, so that only running it tells what it sends.
void add_dynamic(const SmallShop& shop, const std::string& table = "clock") {
  shop.add("reviews",
           kClock,
           "export class Clock1700000000002 {\n"
           "  async up(runner) {\n"
           "    const [row] = await runner.query('SELECT 1 AS one');\n"
           "    await runner.query(`CREATE TABLE " +
               table +
               " (c${row.one} int)`);\n"
               "  }\n"
               "  async down(runner) { await runner.query('DROP TABLE " +
               table + "'); }\n}\n");
}

/// A migration of the installed core package, built as packages are.
void add_core(const SmallShop& shop, const std::string& default_value) {
  shop.write("node_modules/@medusajs/medusa/dist/migrations/1600000000000-core.js",
             "\"use strict\";\nclass core1600000000000 {\n"
             "  async up(q) { await q.query(`CREATE TABLE core (n int DEFAULT " +
                 default_value +
                 ")`); }\n"
                 "  async down(q) { await q.query(`DROP TABLE core`); }\n"
                 "}\nexports.core1600000000000 = core1600000000000;\n");
}

/// The answer of verify; its exit status says the same.
Json verified(const SmallShop& shop) {
  const Outcome outcome = shop.migrations({"verify", "--format", "json"});
  INFO("stdout: " << outcome.output << "\nstderr: " << outcome.errors);
  REQUIRE(outcome.exit_code <= 1);
  const Json answer = Json::parse(outcome.output);
  REQUIRE(answer.at("ok") == (outcome.exit_code == 0));
  return answer;
}

/// "name state" of each line of show, whose exit status must be 0: nothing is pending.
Names shown(const SmallShop& shop) {
  const Outcome outcome = shop.migrations({"show", "--format", "json"});
  require_success(outcome);
  const Json answer = Json::parse(outcome.output);
  Names lines;
  for (const Json& migration : answer.at("migrations")) {
    lines.push_back(migration.at("name").get<std::string>() + ' ' +
                    migration.at("state").get<std::string>());
  }
  return lines;
}

Names upgrades(const TestDatabase& database) {
  return database.column(
      "SELECT concat_ws(' ', direction, mode, outcome, finished_at >= started_at) "
      "FROM medusa_upgrade ORDER BY id");
}

}  // namespace

TEST_CASE("an upgrade records itself and what each migration ran") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  add_review(shop);
  add_dynamic(shop);
  require_success(shop.migrations({"run"}));

  REQUIRE(upgrades(database) == Names{"up all done t"});
  REQUIRE(database.value("SELECT packages FROM medusa_upgrade") ==
          R"({"backend": "1.0.0", "reviews": "1.0.0", "@medusajs/medusa": "1.20.11"})");
  REQUIRE(database.value("SELECT started_by LIKE session_user || ' (%@%)' FROM medusa_upgrade") ==
          "t");
  REQUIRE(database.value("SELECT tool_version FROM medusa_upgrade") != "");

  REQUIRE(database.column(
              "SELECT concat_ws(' ', r.name, r.timestamp, member, member_version, kind, mode, "
              "length(checksum), length(source_checksum), duration_us > 0, upgrade_id) "
              "FROM medusa_migration r JOIN migrations m ON m.id = r.migration_id "
              "AND m.name = r.name ORDER BY m.id") ==
          Names{"Review1700000000001 1700000000001 reviews 1.0.0 sql lowered 64 64 t 1",
                "Clock1700000000002 1700000000002 reviews 1.0.0 typeorm dynamic 64 t 1"});
  REQUIRE(database.value("SELECT up_sql FROM medusa_migration WHERE kind = 'sql'") ==
          kReviewTable + ";\n");
  REQUIRE(database.value(
              "SELECT checksum IS NULL AND up_sql IS NULL FROM medusa_migration WHERE kind = "
              "'typeorm'") == "t");

  // Nothing to do leaves no row; taking back removes the migration's, and is an upgrade, too.
  require_success(shop.migrations({"run"}));
  REQUIRE(upgrades(database).size() == 1);
  require_success(shop.migrations({"revert"}));
  REQUIRE(database.column("SELECT name FROM medusa_migration") == Names{"Review1700000000001"});
  REQUIRE(upgrades(database) == Names{"up all done t", "down all done t"});
}

TEST_CASE("an applied migration whose SQL changed is changed, with the difference") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  add_review(shop);
  require_success(shop.migrations({"run"}));
  REQUIRE(verified(shop).at("summary").at("same") == 1);

  SECTION("an edited default") {
    add_review(shop, "CREATE TABLE review (stars int DEFAULT 3, name text);");
    REQUIRE(shown(shop) == Names{"Review1700000000001 changed"});
    const Json answer = verified(shop);
    REQUIRE(answer.at("problems").size() == 1);
    const Json& problem = answer["problems"][0];
    REQUIRE(problem.at("state") == "changed");
    REQUIRE(problem.at("difference") == "sql");
    REQUIRE(problem.at("recorded").at("upgrade") == 1);
    REQUIRE(problem.at("diff") ==
            "@@ -1,1 +1,1 @@\n-" + kReviewTable +
                ";\n+CREATE TABLE review (stars int DEFAULT 3, name text);\n");
    const Outcome text = shop.migrations({"verify"});
    REQUIRE(text.exit_code == 1);
    REQUIRE_THAT(text.output,
                 Contains("changed reviews/Review1700000000001: its SQL changed\n") &&
                     Contains("\n-" + kReviewTable + ";\n") && Contains("1 applied: 1 changed\n"));
    REQUIRE_THAT(shop.migrations({"explain", "Review1700000000001"}).output,
                 Contains("changed, row 1: its SQL changed"));
    // It does not run again, and can be taken back.
    REQUIRE(shop.migrations({"run"}).output == "Nothing is pending: 1 migration is applied.\n");
    require_success(shop.migrations({"revert"}));
    REQUIRE_FALSE(database.has_relation("review"));
  }
  SECTION("another layout, comments and case are no change") {
    add_review(shop,
               "-- Reviews of products\ncreate table review\n(\n  stars  INT default 5, /* of 5 */"
               "\n  name TEXT\n);");
    REQUIRE(shown(shop) == Names{"Review1700000000001 applied"});
    REQUIRE(verified(shop).at("ok") == true);
  }
  SECTION("the same SQL from TypeScript is no change") {
    shop.remove(shop.source("reviews", kReview));
    shop.add("reviews",
             "1700000000001-review.ts",
             typescript_migration("Review1700000000001", {kReviewTable}, {"DROP TABLE review"}));
    REQUIRE(shown(shop) == Names{"Review1700000000001 applied"});
  }
  SECTION("a migration that is gone is missing") {
    shop.remove(shop.source("reviews", kReview));
    const Json answer = verified(shop);
    REQUIRE(answer.at("problems").size() == 1);
    REQUIRE(answer["problems"][0].at("state") == "missing");
    REQUIRE(answer["problems"][0].at("recorded").at("member") == "reviews");
    REQUIRE(answer["problems"][0].at("recorded").at("sql") == kReviewTable + ";\n");
  }
  SECTION("a migration that was renamed is recognised, and told everywhere") {
    const std::string name = "1700000000001-opinion.sql";
    shop.add("reviews", name, shop.read(shop.source("reviews", kReview)));
    shop.remove(shop.source("reviews", kReview));
    const std::string now = "reviews/Opinion1700000000001";

    const Outcome show = shop.migrations({"show"});
    REQUIRE(show.exit_code == 1);
    REQUIRE_THAT(show.output, Contains("renamed to " + now));
    REQUIRE_THAT(show.output, Contains("applied already, as Review1700000000001"));
    const Json answer = verified(shop);
    REQUIRE(answer.at("problems").size() == 1);
    REQUIRE(answer["problems"][0].at("other_name") == Json{{"name", now}, {"same_sql", true}});
    REQUIRE_THAT(shop.migrations({"verify"}).output, Contains(": renamed to " + now));
    REQUIRE_THAT(shop.migrations({"explain", "Review1700000000001"}).output,
                 Contains("missing, row 1: renamed to " + now));
    REQUIRE_THAT(shop.migrations({"explain", "Opinion1700000000001"}).output,
                 Contains("pending: applied already, as Review1700000000001"));

    const Outcome revert = shop.migrations({"revert"});
    REQUIRE(revert.exit_code == 5);
    REQUIRE_THAT(
        revert.errors,
        Contains("cannot revert 'Review1700000000001': no member has it under that name") &&
            Contains(now + " has its timestamp and sends the same SQL: it was renamed") &&
            Contains("hint: mv "));

    const Outcome plan = shop.migrations({"plan"});
    REQUIRE(plan.exit_code == 5);
    REQUIRE_THAT(plan.errors,
                 Contains("error: " + now + " was applied already, as Review1700000000001"));
    REQUIRE_THAT(plan.errors, !Contains("drop or rename"));
    const std::string marker = "tell the database: ";
    const std::size_t begin = plan.errors.find(marker) + marker.size();
    const std::string sql = plan.errors.substr(begin, plan.errors.find('\n', begin) - begin);
    SECTION("the hint gives it its old name back") {
      const std::size_t hint = plan.errors.find("hint: mv ") + std::string("hint: ").size();
      const std::string command = plan.errors.substr(hint, plan.errors.find('\n', hint) - hint);
      REQUIRE(std::system(command.c_str()) == 0);  // pasted
      REQUIRE(shown(shop) == Names{"Review1700000000001 applied"});
      REQUIRE(verified(shop).at("ok") == true);
    }
    SECTION("the note gives the history its new name") {
      database.execute(sql);
      REQUIRE(shown(shop) == Names{"Opinion1700000000001 applied"});
      REQUIRE(verified(shop).at("ok") == true);
    }
  }
  SECTION("what is pending is no problem of verify's") {
    add_dynamic(shop);
    REQUIRE(shop.migrations({"show"}).exit_code == 1);
    REQUIRE(verified(shop).at("ok") == true);
  }
}

TEST_CASE("of a dynamic migration only the source can change") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  add_dynamic(shop);
  require_success(shop.migrations({"run"}));
  REQUIRE(verified(shop).at("summary").at("same") == 1);
  add_dynamic(shop, "timer");
  const Json answer = verified(shop);
  REQUIRE(answer.at("problems").size() == 1);
  REQUIRE(answer["problems"][0].at("difference") == "source");
  REQUIRE(answer["problems"][0].at("diff").is_null());
  REQUIRE_THAT(shop.migrations({"show"}).output,
               Contains("its source changed; its SQL is not known"));
}

TEST_CASE("an installed package that was edited in place is changed") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  add_core(shop, "1");
  require_success(shop.migrations({"run"}));
  REQUIRE(verified(shop).at("ok") == true);
  add_core(shop, "2");
  const Json answer = verified(shop);
  REQUIRE(answer.at("problems").size() == 1);
  REQUIRE(answer["problems"][0].at("member") == "@medusajs/medusa");
  REQUIRE(answer["problems"][0].at("recorded").at("member_version") == "1.20.11");
  REQUIRE_THAT(answer["problems"][0].at("diff").get<std::string>(),
               Contains("-CREATE TABLE core (n int DEFAULT 1);\n") &&
                   Contains("+CREATE TABLE core (n int DEFAULT 2);\n"));
}

TEST_CASE("what others applied is not recorded, and nothing is claimed about it") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  add_review(shop);
  require_success(shop.migrations({"run"}));

  SECTION("before there were these tables") {
    database.execute("DROP TABLE medusa_migration; DROP TABLE medusa_upgrade");
    add_review(shop, "CREATE TABLE review (stars int DEFAULT 3);");
    const std::string before = database.dump();
    REQUIRE(shown(shop) == Names{"Review1700000000001 applied"});
    const Json answer = verified(shop);
    REQUIRE(answer.at("ok") == true);
    REQUIRE(answer.at("summary").at("not_recorded") == 1);
    REQUIRE_THAT(shop.migrations({"verify"}).errors, Contains("nothing can be said about them"));
    require_success(shop.migrations({"run"}));
    REQUIRE(database.dump() == before);  // nothing pending, nothing written

    // The first upgrade of the database makes the tables again.
    add_dynamic(shop);
    require_success(shop.migrations({"run"}));
    REQUIRE(database.column("SELECT name FROM medusa_migration") == Names{"Clock1700000000002"});
  }
  SECTION("taken back and applied again behind our back") {
    database.execute(
        "DELETE FROM migrations; INSERT INTO migrations (timestamp, name) VALUES "
        "(1700000000001, 'Review1700000000001')");
    add_review(shop, "CREATE TABLE review (stars int DEFAULT 3);");
    REQUIRE(shown(shop) == Names{"Review1700000000001 applied"});
    REQUIRE(verified(shop).at("summary").at("not_recorded") == 1);
  }
  SECTION("taken back behind our back, and applied by us again") {
    database.execute("DELETE FROM migrations; DROP TABLE review");
    require_success(shop.migrations({"run"}));
    REQUIRE(database.column("SELECT concat(name, ' ', upgrade_id) FROM medusa_migration") ==
            Names{"Review1700000000001 2"});
    REQUIRE(verified(shop).at("summary").at("same") == 1);
  }
}

TEST_CASE("our tables lie in the configured schema") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  shop.configure("[database]\nschema = \"Shop 1\"\n");
  add_review(shop);
  require_success(shop.migrations({"run"}));
  REQUIRE(database.column("SELECT name FROM \"Shop 1\".medusa_migration") ==
          Names{"Review1700000000001"});
  REQUIRE_FALSE(database.has_relation("public.medusa_upgrade"));
  REQUIRE(verified(shop).at("summary").at("same") == 1);
}

TEST_CASE("an upgrade that fails after a part of it was committed says so") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  add_review(shop);
  shop.add("reviews", "1700000000009-bad.sql", sql_migration("SELECT 1 / 0;"));
  REQUIRE(shop.migrations({"run", "-t", "each"}).exit_code == 7);
  REQUIRE(upgrades(database) == Names{"up each failed t"});
  REQUIRE(database.value("SELECT problem FROM medusa_upgrade") ==
          "cannot apply reviews/Bad1700000000009: division by zero");
  REQUIRE(database.column("SELECT name FROM medusa_migration") == Names{"Review1700000000001"});

  // One of which nothing remains leaves no row, either.
  const std::string before = database.dump();
  REQUIRE(shop.migrations({"run"}).exit_code == 7);
  REQUIRE(database.dump() == before);

  // Without a transaction there is nothing to roll back: what was begun is recorded as failed.
  REQUIRE(shop.migrations({"run", "-t", "none"}).exit_code == 7);
  REQUIRE(upgrades(database) == Names{"up each failed t", "up none failed t"});
}

TEST_CASE("a user who may only read can look, and run when there is nothing to do") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  add_review(shop);
  require_success(shop.migrations({"run"}));
  const std::string reader = "reader_of_" + database.name();
  database.execute("CREATE ROLE " + reader + " LOGIN; GRANT SELECT ON migrations TO " + reader);
  const std::map<std::string, std::string> as_reader{
      {"DATABASE_URL", database.url_of(reader, "any")}};
  require_success(shop.migrations({"run"}, as_reader));
  require_success(shop.migrations({"show"}, as_reader));
  const Outcome refused = shop.migrations({"verify"}, as_reader);
  REQUIRE(refused.exit_code == 6);
  REQUIRE_THAT(refused.errors, Contains("GRANT SELECT ON \"public\".medusa_upgrade"));
  database.execute("GRANT SELECT ON medusa_upgrade, medusa_migration TO " + reader);
  require_success(shop.migrations({"verify"}, as_reader));
  database.execute("DROP OWNED BY " + reader + "; DROP ROLE " + reader);
}
