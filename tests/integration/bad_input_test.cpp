// SPDX-License-Identifier: MIT
// What people get wrong, and what they are told: exit code, place, reason, and what to do.
#include <filesystem>
#include <nlohmann/json.hpp>

#include <catch2/catch.hpp>

#include "medusa_program.hpp"
#include "postgres_fixture.hpp"
#include "small_shop.hpp"
#include "test_database.hpp"

using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;
using medusa::Outcome;
using medusa::SmallShop;
using medusa::sql_migration;
using medusa::TestDatabase;
using medusa::typescript_migration;

namespace fs = std::filesystem;

namespace {

/// A URL that leads nowhere: what fails with it failed before it looked for a database.
constexpr const char* kNowhere = "postgresql://nobody@127.0.0.1:1/nowhere";

/// A failure that is told to people: nothing on stdout, the message and a hint on stderr.
void require_failure(const Outcome& outcome, int exit_code, const std::string& message) {
  INFO("stdout: " << outcome.output << "\nstderr: " << outcome.errors);
  REQUIRE(outcome.exit_code == exit_code);
  REQUIRE(outcome.output.empty());
  REQUIRE_THAT(outcome.errors, Contains("error: " + message));
}

void require_hint(const Outcome& outcome, const std::string& hint) {
  INFO("stderr: " << outcome.errors);
  REQUIRE_THAT(outcome.errors, Contains("hint: " + hint));
}

/// The line of the file, and below it a caret under `under`.
void require_caret(const Outcome& outcome, const std::string& line, const std::string& under) {
  INFO("stderr: " << outcome.errors);
  const std::size_t at = outcome.errors.find("| " + line + "\n");
  REQUIRE(at != std::string::npos);
  const std::size_t begin = outcome.errors.rfind('\n', at) + 1;
  const std::size_t column = outcome.errors.find(under, at) - begin;
  const std::size_t next = outcome.errors.find('\n', at) + 1;
  const std::string below = outcome.errors.substr(next, outcome.errors.find('\n', next) - next);
  REQUIRE(below.find('^') == column);
}

/// A table, as a migration that nothing is wrong with.
std::string good_migration() {
  return sql_migration("CREATE TABLE good (id int);", "DROP TABLE good;");
}

}  // namespace

TEST_CASE("a medusa.toml with a mistake in it") {
  const SmallShop shop(kNowhere);

  SECTION("that is no TOML") {
    shop.write("medusa.toml", "[workspace]\nbackend = \"backend\nplugins = []\n");
    const Outcome outcome = shop.migrations({"run"});
    require_failure(outcome, 3, "'medusa.toml' is not valid TOML: ");
    // Where the string should have ended.
    REQUIRE_THAT(outcome.errors,
                 Contains("--> medusa.toml:2:19\n  2 | backend = \"backend\n"
                          "    |                   ^\n"));
    require_hint(outcome, "values are written as \"text\", 5, true or [\"a\", \"b\"]");
  }
  SECTION("with a key that does not exist") {
    shop.configure("[migrations]\nrun_lock_timeuot = 5\n");
    const Outcome outcome = shop.migrations({"run"});
    require_failure(outcome, 3, "unknown key 'migrations.run_lock_timeuot'");
    REQUIRE_THAT(outcome.errors, Contains("--> medusa.toml:6:1\n"));
    require_caret(outcome, "run_lock_timeuot = 5", "run_lock_timeuot");
    require_hint(outcome, "did you mean 'run_lock_timeout'?");
  }
  SECTION("with several mistakes, all of which are told") {
    shop.configure("[database]\nshema = \"shop\"\n[migrations]\ntransaction = \"eech\"\n");
    const Outcome outcome = shop.migrations({"run"});
    require_failure(outcome, 3, "unknown key 'database.shema'");
    require_hint(outcome, "did you mean 'each'?");
    REQUIRE_THAT(outcome.errors, Contains("2 errors"));
  }
  SECTION("whose URL needs a variable that is not set") {
    shop.configure("[database]\nurl = \"postgresql://${MEDUSA_TEST_UNSET}@localhost/shop\"\n");
    const Outcome outcome = shop.migrations({"run"}, {{"DATABASE_URL", ""}});
    require_failure(outcome, 3, "environment variable 'MEDUSA_TEST_UNSET' is not set");
    REQUIRE_THAT(outcome.errors, Contains("--> medusa.toml:6:"));
    require_hint(outcome, "set MEDUSA_TEST_UNSET, or write a default: ${MEDUSA_TEST_UNSET:-...}");
  }
  SECTION("none at all") {
    shop.remove("medusa.toml");
    const Outcome outcome = shop.migrations({"run"});
    require_failure(outcome, 3, "no medusa.toml found");
    REQUIRE_THAT(outcome.errors, Contains("note: searched '" + shop.root().string() + "'"));
  }
  REQUIRE_FALSE(shop.exists(".medusa"));
}

TEST_CASE("a workspace whose members are not all there") {
  const SmallShop shop(kNowhere);

  SECTION("no backend") {
    shop.write("shop/package.json", R"({"dependencies": {"@medusajs/medusa": "1.20.11"}})");
    shop.remove("backend");
    const Outcome outcome = shop.migrations({"run"});
    require_failure(outcome, 3, "no backend at 'backend'");
    REQUIRE_THAT(outcome.errors, Contains("--> medusa.toml:2:"));
    require_caret(outcome, "backend = \"backend\"", "backend");
    require_hint(outcome, "under [workspace]: backend = \"shop\"");
  }
  SECTION("a plugin without package.json") {
    shop.write("plugins/half-done/src/migrations/1700000000000-a.sql", good_migration());
    const Outcome outcome = shop.migrations({"run"});
    require_failure(outcome, 3, "plugin 'plugins/half-done' requires a package.json file");
    require_caret(outcome, "plugins = [\"plugins/*\"]", "\"plugins/*\"");
    require_hint(outcome, "cd plugins/half-done && npm init -y");
  }
  SECTION("a plugin that is not installed") {
    shop.write("medusa.toml",
               "[workspace]\nbackend = \"backend\"\nplugins = [\"medusa-plugin-none\"]\n");
    const Outcome outcome = shop.migrations({"run"});
    require_failure(outcome, 3, "unable to find plugin 'medusa-plugin-none'");
    REQUIRE_THAT(outcome.errors, Contains("--> medusa.toml:3:12\n"));
    require_caret(outcome, "plugins = [\"medusa-plugin-none\"]", "\"medusa-plugin-none\"");
    require_hint(outcome, "cd backend && npm install medusa-plugin-none");
  }
  SECTION("Medusa itself is not installed") {
    shop.remove("node_modules/@medusajs");
    const Outcome outcome = shop.migrations({"run"});
    require_failure(outcome, 3, "'@medusajs/medusa' is not installed");
    require_hint(outcome, "npm install");
  }
  SECTION("a package.json that is no JSON") {
    shop.write("backend/package.json", "{\n  \"name\": \"backend\",,\n}\n");
    const Outcome outcome = shop.migrations({"run"});
    require_failure(
        outcome,
        3,
        "'" + (shop.root() / "backend/package.json").string() + "' is not a valid package.json");
    REQUIRE_THAT(outcome.errors, Contains("--> backend/package.json:2:21\n"));
  }
  REQUIRE_FALSE(shop.exists(".medusa"));
}

TEST_CASE("what a build needs is missing") {
  const SmallShop shop(kNowhere);
  shop.add("p", "1700000000000-a.ts", typescript_migration("A1700000000000", {"SELECT 1"}));

  SECTION("node") {
    const Outcome outcome = shop.medusa({"build"}, {{"PATH", medusa::path_without_node()}});
    require_failure(outcome, 4, "cannot find 'node'");
    REQUIRE_THAT(outcome.errors, Contains("PATH=" + medusa::path_without_node()));
    require_hint(outcome, "install Node.js 18 or newer");
  }
  SECTION("esbuild and typescript") {
    shop.remove("node_modules/esbuild");
    const Outcome outcome = shop.medusa({"build"});
    require_failure(outcome, 4, "no compiler: neither 'esbuild' (");
    REQUIRE_THAT(outcome.errors, Contains("nor 'typescript' was found from "));
    require_hint(outcome, "npm install --save-dev esbuild");
  }
  REQUIRE_FALSE(shop.exists("plugins/p/dist"));
}

TEST_CASE("a source that is no migration leaves every dist as it was") {
  const SmallShop shop(kNowhere);
  shop.add("good", "1700000000001-good.sql", good_migration());
  shop.add("p", "1700000000000-a.ts", typescript_migration("A1700000000000", {"SELECT 1"}));
  REQUIRE(shop.medusa({"build"}).exit_code == 0);
  const std::string before = shop.read(SmallShop::built("p", "1700000000000-a.js"));
  // The other member would be rebuilt too.
  shop.add("good", "1700000000002-more.sql", good_migration());
  const auto change = [&](const std::string& file, const std::string& content) {
    shop.add("p", file, content);
    return shop.migrations({"run"});
  };

  SECTION("TypeScript with a syntax error") {
    const Outcome outcome =
        change("1700000000000-a.ts",
               "export class A1700000000000 {\n  async up(queryRunner) {\n    await queryRunner."
               "query(`SELECT 1`\n  }\n}\n");
    require_failure(outcome, 4, "cannot build the migration: Expected \")\" but found \"}\"");
    REQUIRE_THAT(outcome.errors, Contains("--> plugins/p/src/migrations/1700000000000-a.ts:4:3\n"));
    require_caret(outcome, "  }", "}");
  }
  SECTION("a class without a timestamp") {
    const Outcome outcome = change(
        "1700000000000-a.ts", typescript_migration("CreateThing", {"CREATE TABLE thing (id int)"}));
    require_failure(outcome, 4, "the migration class 'CreateThing' has no timestamp");
    REQUIRE_THAT(outcome.errors,
                 Contains("--> plugins/p/src/migrations/1700000000000-a.ts:3:14\n"));
    require_caret(outcome,
                  "export class CreateThing implements MigrationInterface {",
                  "CreateThing implements");
    require_hint(outcome, "rename it to 'CreateThing1700000000000'");
  }
  SECTION("a class without a name") {
    const Outcome outcome =
        change("1700000000000-a.ts", "exports.default = class { async up() {} }\n");
    require_failure(outcome, 4, "a migration class has no name");
    REQUIRE_THAT(outcome.errors, Contains("--> plugins/p/src/migrations/1700000000000-a.ts\n"));
    require_hint(outcome, "class A1700000000000 { ... }");
  }
  SECTION("a module that throws when it is loaded") {
    const Outcome outcome = change("1700000000000-a.ts",
                                   "const limits: Record<string, { max: number }> = {}\n\n"
                                   "const top: number = limits.none.max\n\n" +
                                       typescript_migration("A1700000000000", {"SELECT ${top}"}));
    require_failure(outcome, 4, "cannot load the migration: ");
    REQUIRE_THAT(outcome.errors, Contains("--> plugins/p/src/migrations/1700000000000-a.ts:3:"));
    require_caret(outcome, "const top: number = limits.none.max", "max");
  }
  SECTION("a module that needs what is not installed") {
    const Outcome outcome =
        change("1700000000000-a.ts",
               "import { nothing } from \"not-installed-anywhere\"\n" +
                   typescript_migration("A1700000000000", {"SELECT ${nothing}"}));
    require_failure(
        outcome, 4, "cannot load the migration: Cannot find module 'not-installed-anywhere'");
    require_caret(outcome,
                  "import { nothing } from \"not-installed-anywhere\"",
                  "\"not-installed-anywhere\"");
  }
  SECTION("SQL with a syntax error") {
    const Outcome outcome =
        change("1700000000003-c.sql",
               "-- migrate:up\nCREATE TABLE c (id int);\n\nCREATE TALBE d (id int);\n");
    require_failure(outcome, 4, "cannot build the migration: syntax error at or near \"TALBE\"");
    REQUIRE_THAT(outcome.errors,
                 Contains("--> plugins/p/src/migrations/1700000000003-c.sql:4:8\n"));
    require_caret(outcome, "CREATE TALBE d (id int);", "TALBE");
  }
  SECTION("a module that ends the process, beside one that crashes it") {
    shop.add("p", "1700000000001-b.ts", "process.abort()\n");
    const Outcome outcome =
        change("1700000000000-a.ts",
               "const wanted: string = 'x'\nif (wanted) {\n  process.exit(0)\n}\n" +
                   typescript_migration("A1700000000000", {"SELECT 1"}));
    require_failure(outcome, 4, "cannot load the migration: it ends the process, with exit code 0");
    REQUIRE_THAT(outcome.errors,
                 Contains("--> plugins/p/src/migrations/1700000000000-a.ts:3:11\n"));
    REQUIRE_THAT(outcome.errors, Contains("was ended by signal 6"));
    REQUIRE_THAT(outcome.errors, Contains("--> plugins/p/src/migrations/1700000000001-b.ts\n"));
    REQUIRE_THAT(outcome.errors, Contains("2 errors"));
  }
  SECTION("SQL in Latin-1") {
    const Outcome outcome =
        change("1700000000003-c.sql", "-- migrate:up\nINSERT INTO c VALUES ('caf\xE9');\n");
    require_failure(
        outcome, 4, "cannot build the migration: it has a byte that is not UTF-8: 0xE9");
    REQUIRE_THAT(outcome.errors,
                 Contains("--> plugins/p/src/migrations/1700000000003-c.sql:2:27\n"));
    REQUIRE_THAT(outcome.errors, Contains("in Latin-1 (ISO 8859-1) that byte is '\u00e9'"));
    require_hint(outcome, "iconv -f ISO-8859-1 -t UTF-8 ");
  }
  SECTION("SQL in UTF-16") {
    const Outcome outcome = change("1700000000003-c.sql", std::string("\xFF\xFE-\0-\0", 6));
    require_failure(outcome, 4, "cannot build the migration: it is encoded in UTF-16");
    REQUIRE_THAT(outcome.errors, Contains("1700000000003-c.sql:1:1\n"));
  }
  SECTION("SQL with a NUL in a comment") {
    const Outcome outcome =
        change("1700000000003-c.sql", std::string("-- migrate:up\n-- \0\nSELECT 1;\n", 28));
    require_failure(outcome, 4, "cannot build the migration: it has a NUL character");
    REQUIRE_THAT(outcome.errors, Contains("1700000000003-c.sql:2:4\n"));
  }
  SECTION("SQL without an up section") {
    const Outcome outcome = change("1700000000003-c.sql", "-- migrate:down\nDROP TABLE c;\n");
    require_failure(outcome, 4, "cannot build the migration: it has no '-- migrate:up' section");
    REQUIRE_THAT(outcome.errors, Contains("plugins/p/src/migrations/1700000000003-c.sql:1:1\n"));
    require_hint(outcome, "begin the file with a line '-- migrate:up'");
  }
  SECTION("SQL before any section") {
    const Outcome outcome = change("1700000000003-c.sql", "CREATE TABLE c (id int);\n");
    require_failure(outcome, 4, "cannot build the migration: SQL before the first section");
    require_caret(outcome, "CREATE TABLE c (id int);", "CREATE");
  }
  SECTION("several at once, all of which are told") {
    shop.add("p", "1700000000003-c.sql", "-- migrate:up\nCREATE TALBE d (id int);\n");
    const Outcome outcome = change("1700000000004-d.sql", "DROP TABLE x;\n");
    require_failure(outcome, 4, "cannot build the migration: ");
    REQUIRE_THAT(outcome.errors, Contains("1700000000003-c.sql:2:8"));
    REQUIRE_THAT(outcome.errors, Contains("1700000000004-d.sql:1:1"));
    REQUIRE_THAT(outcome.errors, Contains("2 errors"));
  }
  REQUIRE(shop.read(SmallShop::built("p", "1700000000000-a.js")) == before);
  REQUIRE_FALSE(shop.exists(SmallShop::built("good", "1700000000002-more.js")));
  for (const auto& entry : fs::directory_iterator(shop.root() / "plugins" / "p" / "dist")) {
    REQUIRE(entry.path().filename() == "migrations");
  }
}

TEST_CASE("one name in two members") {
  const SmallShop shop(kNowhere);
  shop.add("first", "1700000000000-a.ts", typescript_migration("A1700000000000", {"SELECT 1"}));
  shop.add("second", "1700000000000-a.ts", typescript_migration("A1700000000000", {"SELECT 2"}));
  const Outcome outcome = shop.migrations({"run"});
  REQUIRE(outcome.exit_code == 5);
  REQUIRE(outcome.output.empty());
  REQUIRE_THAT(outcome.errors, Contains("error: two migrations are called 'A1700000000000'"));
  REQUIRE_THAT(outcome.errors, Contains("plugins/first/src/migrations/1700000000000-a.ts"));
  REQUIRE_THAT(outcome.errors, Contains("plugins/second/src/migrations/1700000000000-a.ts"));
  require_hint(outcome, "rename the class");
}

TEST_CASE("a database that cannot be used") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  shop.add("p", "1700000000000-good.sql", good_migration());
  const auto run_on = [&](const std::string& url) {
    return shop.migrations({"run", "--database-url", url});
  };
  const auto last_error = [](const Outcome& outcome) {
    return outcome.errors.substr(outcome.errors.find("error:"));
  };

  SECTION("no server") {
    const Outcome outcome = run_on("postgresql://shop:hunter2@127.0.0.1:1/shop");
    require_failure(outcome, 6, "cannot reach the database server at ");
    REQUIRE_THAT(last_error(outcome), Contains("postgresql://shop:***@127.0.0.1:1/shop"));
    REQUIRE_THAT(outcome.errors, !Contains("hunter2"));
    require_hint(outcome, "check that PostgreSQL runs there and that host and port are right");
  }
  SECTION("a wrong password") {
    const std::string user = medusa::PostgresFixture::kPasswordUser;
    database.execute("DO $$ BEGIN IF to_regrole('" + user + "') IS NULL THEN CREATE ROLE " + user +
                     " LOGIN PASSWORD 'right-s3cret'; END IF; END $$");
    const Outcome outcome = run_on(database.url_of(user, "wrong-s3cret"));
    require_failure(outcome, 6, "the server refused user '" + user + "' (wrong password)");
    REQUIRE_THAT(outcome.errors, !Contains("s3cret"));
    require_hint(outcome, "check user and password in the database URL");
    const Outcome right =
        shop.migrations({"plan", "--database-url", database.url_of(user, "right-s3cret")});
    REQUIRE(right.exit_code == 0);
    REQUIRE_THAT(right.output + right.errors, !Contains("s3cret"));
  }
  SECTION("no such database") {
    const Outcome outcome = run_on(medusa::PostgresFixture::shared().url("not-there"));
    require_failure(outcome, 6, "the database 'not-there' does not exist");
    require_hint(outcome, "create it: createdb -h ");
    REQUIRE_THAT(outcome.errors, Contains(" 'not-there'\n"));
  }
  SECTION("a read-only one") {
    database.execute("ALTER DATABASE " + database.name() +
                     " SET default_transaction_read_only = on");
    const Outcome outcome = run_on(database.url());
    require_failure(outcome, 6, "the database is read-only (default_transaction_read_only is on)");
    require_hint(outcome, "use a user or database without that setting");
    // To look at it is allowed.
    REQUIRE(shop.migrations({"plan"}).exit_code == 0);
    REQUIRE(shop.migrations({"show"}).exit_code == 1);
  }
  SECTION("SQLite") {
    const Outcome outcome = run_on("sqlite:./medusa.db");
    require_failure(outcome, 3, "cannot use the database URL from --database-url: ");
    REQUIRE_THAT(outcome.errors, Contains("migrations need PostgreSQL"));
    require_hint(outcome, "set it to a PostgreSQL URL such as postgresql://");
  }
  SECTION("another kind of database") {
    const Outcome outcome = run_on("mysql://shop:hunter2@localhost/shop");
    require_failure(outcome, 3, "cannot use the database URL from --database-url: ");
    REQUIRE_THAT(outcome.errors, Contains("it is not a PostgreSQL URL"));
    REQUIRE_THAT(outcome.errors, !Contains("hunter2"));
    require_hint(outcome, "it looks like postgresql://");
  }
  SECTION("no URL at all") {
    const Outcome outcome = run_on("hunter2");  // may be the password alone
    require_failure(outcome, 3, "cannot use the database URL from --database-url: ");
    REQUIRE_THAT(outcome.errors, !Contains("hunter2"));
    require_hint(outcome, "it looks like postgresql://");
  }
  SECTION("a URL that libpq cannot read") {
    const Outcome outcome = run_on("postgresql://shop:hun/ter2@localhost:port/shop");
    INFO(outcome.errors);
    REQUIRE((outcome.exit_code == 3 || outcome.exit_code == 6));
    REQUIRE(outcome.output.empty());
    REQUIRE_THAT(outcome.errors, !Contains("ter2"));
    REQUIRE_THAT(outcome.errors, Contains("hint: "));
  }
  REQUIRE(database
              .column("SELECT relname::text FROM pg_class WHERE relnamespace = "
                      "'public'::regnamespace")
              .empty());
}

TEST_CASE("in CI and in production a database must be named") {
  const SmallShop shop;
  shop.add("p", "1700000000000-good.sql", good_migration());
  const auto [name, value] = GENERATE(
      table<std::string, std::string>({{"CI", "true"}, {"CI", "1"}, {"NODE_ENV", "production"}}));
  for (const std::string command : {"run", "show", "plan", "revert"}) {
    const Outcome outcome =
        medusa::run_medusa(shop.root(), {"migrations", command}, {{name, value}});
    require_failure(outcome, 3, "no database is configured");
    REQUIRE_THAT(outcome.errors, Contains(name + "=" + value));
    require_hint(outcome, "set DATABASE_URL, e.g. DATABASE_URL=postgresql://");
  }
  REQUIRE_FALSE(shop.exists(".medusa"));
  REQUIRE_FALSE(shop.exists("plugins/p/dist"));
}

TEST_CASE("what cannot be reverted") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  shop.add("p", "1700000000000-good.sql", good_migration());
  shop.add("p", "1700000000001-other.sql", sql_migration("CREATE TABLE other (id int);"));
  REQUIRE(shop.migrations({"run"}).exit_code == 0);
  const std::string before = database.dump();

  SECTION("a migration whose file is gone") {
    shop.remove("plugins/p/src/migrations/1700000000001-other.sql");
    const Outcome outcome = shop.migrations({"revert"});
    require_failure(outcome,
                    5,
                    "cannot revert 'Other1700000000001': it is applied but in no member of the "
                    "workspace");
    REQUIRE_THAT(outcome.errors, Contains("it is row 2 of the migrations table"));
    require_hint(outcome, "bring back the file");
  }
  SECTION("to a name that does not exist") {
    const Outcome outcome = shop.migrations({"revert", "--to", "Goood1700000000000"});
    require_failure(outcome, 2, "no migration is called 'Goood1700000000000'");
    require_hint(outcome, "did you mean 'Good1700000000000'?");
  }
  SECTION("to a migration that is not applied") {
    shop.add("p", "1700000000009-later.sql", sql_migration("SELECT 1;"));
    const Outcome outcome = shop.migrations({"revert", "--to", "Later1700000000009"});
    require_failure(outcome, 5, "'Later1700000000009' is not applied");
  }
  SECTION("a number of steps that is none") {
    for (const std::string steps : {"0", "-1", "many"}) {
      const Outcome outcome = shop.migrations({"revert", "--steps", steps});
      require_failure(outcome, 2, "--steps: ");
    }
  }
  REQUIRE(database.dump() == before);
}

TEST_CASE("a command line with a mistake in it") {
  const SmallShop shop(kNowhere);

  SECTION("an unknown command") {
    const Outcome outcome = shop.medusa({"migratoins", "run"});
    require_failure(outcome, 2, "'medusa' has no command 'migratoins'");
    require_hint(outcome, "did you mean 'medusa migrations'?");
  }
  SECTION("an unknown action") {
    const Outcome outcome = shop.migrations({"shows"});
    require_failure(outcome, 2, "'medusa migrations' has no command 'shows'");
    require_hint(outcome, "did you mean 'medusa migrations show'?");
  }
  SECTION("an unknown flag") {
    const Outcome outcome = shop.migrations({"revert", "--step", "2"});
    require_failure(outcome, 2, "'medusa migrations revert' has no flag '--step'");
    require_hint(outcome, "did you mean '--steps'?");
  }
  SECTION("an unknown global flag") {
    const Outcome outcome = shop.migrations({"run", "--databse-url=x"});
    require_failure(outcome, 2, "'medusa migrations run' has no flag '--databse-url");
    require_hint(outcome, "did you mean '--database-url'?");
  }
  SECTION("a value that does not fit") {
    const Outcome outcome = shop.migrations({"run", "--transaction", "evry"});
    require_failure(outcome, 2, "--transaction: evry not in {all,each,none}");
    require_hint(outcome, "medusa migrations run --help");
  }
  SECTION("no action") {
    const Outcome outcome = shop.medusa({"migrations"});
    require_failure(outcome, 2, "'medusa migrations' needs a command: run, show, ");
    require_hint(outcome, "medusa migrations --help");
  }
  SECTION("nothing at all") {
    const Outcome outcome = shop.medusa({});
    require_failure(outcome, 2, "'medusa' needs a command: migrations, ");
    require_hint(outcome, "medusa --help");
  }
  SECTION("a folder that is not there") {
    const Outcome outcome = shop.medusa({"-C", "no/such/folder", "migrations", "run"});
    require_failure(outcome, 2, "cannot work in 'no/such/folder'");
    REQUIRE_THAT(outcome.errors, Contains("No such file or directory"));
    REQUIRE_THAT(outcome.errors, Contains("is as far as this path goes"));
  }
  SECTION("a folder that is called nearly so") {
    const Outcome outcome = shop.medusa({"-C", "backnd/src", "migrations", "run"});
    require_failure(outcome, 2, "cannot work in 'backnd/src'");
    require_hint(outcome, "did you mean -C " + (shop.root() / "backend" / "src").string() + "?");
  }
  SECTION("a file for a folder") {
    const Outcome outcome = shop.medusa({"-C", "medusa.toml", "migrations", "run"});
    require_failure(outcome, 2, "cannot work in 'medusa.toml'");
    require_hint(outcome, "-C takes a folder: -C " + shop.root().string());
  }
  SECTION("a picture for a folder that is not there") {
    const Outcome outcome = shop.migrations({"graph", "--output", "no/such/shop.html"});
    require_failure(outcome, 2, "cannot write 'no/such/shop.html': there is no folder 'no/such'");
    require_hint(outcome, "mkdir -p no/such");
    REQUIRE_FALSE(shop.exists("no"));
  }
  SECTION("a picture of no known kind") {
    const Outcome outcome = shop.migrations({"graph", "--output", "shop.pdf"});
    require_failure(outcome, 2, "cannot tell from the name of 'shop.pdf' what to draw");
    require_hint(outcome, "medusa migrations graph --format html --output shop.pdf");
  }
  SECTION("a folder for a picture") {
    const Outcome outcome = shop.migrations({"graph", "--output", "backend"});
    require_failure(outcome, 2, "cannot write 'backend': it is a folder");
  }
  SECTION("a configuration that is not there") {
    const Outcome outcome = shop.medusa({"--config", "none.toml", "migrations", "run"});
    require_failure(outcome, 3, "no configuration file at ");
  }
  REQUIRE_FALSE(shop.exists(".medusa"));
}

TEST_CASE("errors in JSON are one object on stdout") {
  const SmallShop shop(kNowhere);
  const auto last_line = [](const std::string& output) {
    const std::size_t end = output.find_last_not_of('\n');
    return output.substr(output.rfind('\n', end) + 1);
  };

  SECTION("of the configuration") {
    shop.configure("[migrations]\nrun_lock_timeuot = 5\n");
    const Outcome outcome = shop.migrations({"show", "--format", "json"});
    REQUIRE(outcome.exit_code == 3);
    REQUIRE(outcome.errors.empty());
    const auto error = nlohmann::json::parse(outcome.output);
    REQUIRE(error.at("type") == "error");
    REQUIRE(error.at("code") == "config");
    REQUIRE(error.at("exit") == 3);
    const auto& diagnostic = error.at("diagnostics").at(0);
    REQUIRE(diagnostic.at("file") == (shop.root() / "medusa.toml").string());
    REQUIRE(diagnostic.at("line") == 6);
    REQUIRE(diagnostic.at("column") == 1);
    REQUIRE(diagnostic.at("hint") == "did you mean 'run_lock_timeout'?");
  }
  SECTION("of a source, after events") {
    shop.add("p", "1700000000000-a.sql", "-- migrate:up\nSELEKT 1;\n");
    const Outcome outcome = shop.migrations({"run", "--format", "json"});
    REQUIRE(outcome.exit_code == 4);
    REQUIRE(outcome.errors.empty());
    const auto error = nlohmann::json::parse(last_line(outcome.output));
    REQUIRE(error.at("code") == "build");
    REQUIRE(error.at("exit") == 4);
    REQUIRE(error.at("diagnostics").at(0).at("line") == 2);
  }
  SECTION("of the command line") {
    const Outcome outcome = shop.migrations({"shows", "--format", "json"});
    REQUIRE(outcome.exit_code == 2);
    REQUIRE(outcome.errors.empty());
    const auto error = nlohmann::json::parse(outcome.output);
    REQUIRE(error.at("code") == "usage");
    REQUIRE(error.at("diagnostics").at(0).at("hint") == "did you mean 'medusa migrations show'?");
  }
}

TEST_CASE("a password that is not percent-encoded never reaches the network") {
  const SmallShop shop;
  const Outcome outcome = shop.migrations(
      {"run"}, {{"DATABASE_URL", "postgresql://me:hunter2@extra/more@127.0.0.1:1/shop"}});
  require_failure(outcome, 3, "cannot use the database URL from DATABASE_URL: ");
  require_hint(outcome, "write special characters of user name and password percent-encoded");
  for (const std::string part : {"hunter2", "extra", "more"}) {
    REQUIRE_THAT(outcome.errors, !Contains(part));
  }
}

TEST_CASE("a new migration that would be lost") {
  const SmallShop shop(kNowhere);
  shop.add("p", "1700000000001-a.sql", good_migration());
  constexpr const char* kWarning = "is not src/migrations of a member";

  SECTION("a name that leads out of the folder") {
    const Outcome absolute = shop.migrations({"create", "-n", "/tmp/AddColour"});
    require_failure(absolute, 2, "the name '/tmp/AddColour' leads out of this folder");
    require_hint(absolute, "name the folder on its own: -n AddColour --dir /tmp");
    const Outcome up = shop.migrations({"create", "-n", "a/../../AddColour"});
    require_failure(up, 2, "the name 'a/../../AddColour' leads out of this folder");
  }
  SECTION("a name that is too long") {
    const Outcome outcome = shop.migrations({"create", "-n", std::string(201, 'a')});
    require_failure(outcome, 2, "the name is too long: 201 characters");
  }
  SECTION("a folder that nothing is collected from") {
    const Outcome outcome = shop.migrations({"create", "-n", "AddColour"});
    REQUIRE(outcome.exit_code == 0);
    REQUIRE_THAT(outcome.errors, Contains(kWarning));
    REQUIRE_THAT(outcome.errors, Contains("use e.g. --dir backend/src/migrations"));
  }
  SECTION("a member's folder, in each way to say so") {
    for (const std::vector<std::string>& where :
         {std::vector<std::string>{"-n", "AddColour", "--dir", "plugins/p/src/migrations/"},
          std::vector<std::string>{"-n", "backend/src/migrations/AddColour"},
          std::vector<std::string>{"-C", (shop.root() / "backend").string(), "-n", "AddSize"}}) {
      std::vector<std::string> arguments{"create"};
      arguments.insert(arguments.end(), where.begin(), where.end());
      const Outcome outcome = shop.migrations(arguments);
      INFO(outcome.errors);
      REQUIRE(outcome.exit_code == 0);
      REQUIRE_THAT(outcome.errors, !Contains("warning"));
    }
  }
  SECTION("no workspace at all") {
    shop.remove("medusa.toml");
    const Outcome outcome = shop.migrations({"create", "-n", "AddColour"});
    REQUIRE(outcome.exit_code == 0);
    REQUIRE_THAT(outcome.errors, !Contains("warning"));
  }
}

TEST_CASE("an answer that cannot be written") {
  const SmallShop shop(kNowhere);
  const std::string program = medusa::medusa_program().string();
  for (const std::string arguments : {"--version", "--help", "database url", "migrations --help"}) {
    const Outcome outcome = medusa::run_program(
        "sh", shop.root(), {"-c", program + ' ' + arguments + " > /dev/full"}, shop.environment());
    INFO(arguments << '\n' << outcome.errors);
    REQUIRE(outcome.exit_code == 70);
    REQUIRE_THAT(outcome.errors,
                 Contains("error: cannot write the answer: No space left on device"));
    REQUIRE_THAT(outcome.errors, !Contains("report"));
  }
}

TEST_CASE("a workspace of another Medusa, and a pattern without a plugin") {
  const SmallShop shop(kNowhere);

  SECTION("Medusa 2") {
    shop.write("node_modules/@medusajs/medusa/package.json",
               R"({"name": "@medusajs/medusa", "version": "2.8.1"})");
    const Outcome outcome = shop.migrations({"run"});
    require_failure(outcome, 3, "Medusa 2 is installed: this program is for Medusa 1");
    require_hint(outcome, "cd backend && npm install @medusajs/medusa@1");
  }
  SECTION("a pattern that matches nothing") {
    shop.write("medusa.toml", "[workspace]\nplugins = [\"plugns/*\"]\n");
    const Outcome outcome = shop.medusa({"build"});
    INFO(outcome.errors);
    REQUIRE(outcome.exit_code == 0);
    REQUIRE_THAT(outcome.errors, Contains("warning: the pattern 'plugns/*' matches no folder"));
    REQUIRE_THAT(outcome.errors, Contains("--> medusa.toml:2:12\n"));
  }
}

TEST_CASE("a mistake in a flag of every command leads to the program's help") {
  const SmallShop shop(kNowhere);
  for (const std::vector<std::string>& flag :
       {std::vector<std::string>{"--color", "blue"}, {"--format", "xml"}, {"-C"}}) {
    std::vector<std::string> arguments{"run"};
    arguments.insert(arguments.end(), flag.begin(), flag.end());
    const Outcome outcome = shop.migrations(arguments);
    require_failure(outcome, 2, flag.front() + ": ");
    require_hint(outcome, "medusa --help\n");
  }
}
