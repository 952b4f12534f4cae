// SPDX-License-Identifier: MIT
#include "migration_template.hpp"

#include <vector>

#include <catch2/catch.hpp>

#include "medusa/core/error.hpp"
#include "medusa/sql/migration_file.hpp"
#include "medusa/system/files.hpp"

#include "medusa_program.hpp"
#include "temporary_workspace.hpp"

namespace medusa {

namespace {

using Names = std::vector<std::string>;
using Catch::Matchers::Contains;

constexpr std::int64_t kTimestamp = 1700000000000;

/// Lets the workspace's own TypeORM write a migration and returns the folder's files.
Names written_by_typeorm(const TemporaryWorkspace& folder, const std::string& name) {
  const std::string cli = (project_root() / "node_modules/typeorm/cli.js").string();
  const Outcome outcome =
      run_program("node",
                  folder.root(),
                  {cli, "migration:create", "./" + name, "-t", std::to_string(kTimestamp)});
  INFO(outcome.output << outcome.errors);
  REQUIRE(outcome.exit_code == 0);
  return list_names(folder.root());
}

/// Loads the JavaScript and says what Medusa would see: export, class name, and that both run.
std::string loaded_by_node(const MigrationTemplate& migration) {
  const TemporaryWorkspace folder;
  folder.write(migration.file, migration.content);
  const std::string script = "const [[key, Migration]] = Object.entries(require('./" +
                             migration.file +
                             "'));"
                             "const migration = new Migration();"
                             "Promise.all([migration.up({}), migration.down({})])"
                             ".then(() => console.log(key, Migration.name));";
  const Outcome outcome = run_program("node", folder.root(), {"-e", script});
  INFO(outcome.errors);
  REQUIRE(outcome.exit_code == 0);
  return outcome.output;
}

}  // namespace

TEST_CASE("a TypeScript migration is the one TypeORM writes", "[cli]") {
  for (const std::string name :
       {"UserChanged", "user-changed", "user_changed again", "add2things"}) {
    const TemporaryWorkspace folder;
    const Names files = written_by_typeorm(folder, name);
    const MigrationTemplate migration =
        make_migration(name, kTimestamp, MigrationLanguage::TypeScript);
    REQUIRE(files == Names{migration.file});
    CHECK(folder.read(migration.file) == migration.content);
    CHECK_THAT(migration.content, Contains("export class " + migration.class_name + ' '));
  }
}

TEST_CASE("a JavaScript migration exports its class by name, so that Medusa sees it", "[cli]") {
  const MigrationTemplate migration =
      make_migration("user-changed", kTimestamp, MigrationLanguage::JavaScript);
  CHECK(migration.file == "1700000000000-user-changed.js");
  CHECK(migration.class_name == "UserChanged1700000000000");
  CHECK(loaded_by_node(migration) == "UserChanged1700000000000 UserChanged1700000000000\n");
}

TEST_CASE("an SQL migration has both sections, and the name its file will be read with", "[cli]") {
  const MigrationTemplate migration =
      make_migration("user-changed", kTimestamp, MigrationLanguage::Sql);
  CHECK(migration.file == "1700000000000-user-changed.sql");
  CHECK(sql_migration_name(migration.file)->name == migration.class_name);
  const SqlMigration parsed = parse_sql_migration(migration.content);
  CHECK(parsed.up.empty());
  CHECK(parsed.has_down);
}

TEST_CASE("a name that gives no class name is refused", "[cli]") {
  for (const std::string name : {"",
                                 " ",
                                 "1user",
                                 "-",
                                 "user.changed",
                                 "user-",
                                 "user--changed",
                                 "a/b",
                                 "user(1)",
                                 "it's",
                                 "a;b"}) {
    CAPTURE(name);
    try {
      static_cast<void>(make_migration(name, kTimestamp, MigrationLanguage::TypeScript));
      FAIL("not refused");
    } catch (const Error& error) {
      CHECK(error.code() == ErrorCode::Usage);
      CHECK_THAT(error.what(), Contains("'" + name + "'"));
      CHECK_FALSE(error.first().hint.empty());
    }
  }
}

TEST_CASE("letters of any language make a class name", "[cli]") {
  CHECK(make_migration("größe", kTimestamp, MigrationLanguage::JavaScript).class_name ==
        "Größe1700000000000");
  CHECK(loaded_by_node(make_migration("größe", kTimestamp, MigrationLanguage::JavaScript)) ==
        "Größe1700000000000 Größe1700000000000\n");
}

}  // namespace medusa
