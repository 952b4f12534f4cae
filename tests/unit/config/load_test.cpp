// SPDX-License-Identifier: MIT
#include "medusa/config/load.hpp"

#include <map>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "temporary_tree.hpp"

namespace medusa {

namespace {

using Variables = std::map<std::string, std::string>;

}  // namespace

using std::chrono::seconds;
using test::problems_of;
using test::TemporaryTree;

TEST_CASE("an empty file gives the defaults", "[config]") {
  const Config config = parse_config("", "/code/shop/medusa.toml");
  CHECK(config.file == "/code/shop/medusa.toml");
  CHECK(config.root == "/code/shop");
  CHECK(config.workspace.name.value == "shop");
  CHECK(config.workspace.name.origin.kind == Origin::Kind::Default);
  CHECK(config.workspace.backend.value == "backend");
  REQUIRE(config.workspace.plugins.value.size() == 1);
  CHECK(config.workspace.plugins.value[0].text == "plugins/*");
  CHECK_FALSE(config.workspace.plugins.value[0].location.has_value());
  CHECK(config.workspace.core.value == "@medusajs/medusa");
  CHECK(config.feature_flags.empty());
  CHECK_FALSE(config.database.url.has_value());
  CHECK_FALSE(config.database.schema.has_value());
  CHECK(config.database.extensions.value.empty());
  CHECK(config.migrations.transaction.value == TransactionMode::All);
  CHECK(config.migrations.host_timeout.value == seconds(300));
  CHECK(config.migrations.run_lock_timeout.value == seconds(600));
  CHECK_FALSE(config.build.command.has_value());
}

TEST_CASE("what comes after what arrives with the place of each name", "[config]") {
  const Config config = parse_config(R"(
[order."medusa-plugin-loyalty"]
after = ["medusa-plugin-reviews", "?@acme/x@>=1"]
[order."@acme/x/Add1"]
before = ["backend"]
)",
                                     "/shop/medusa.toml");
  const auto at = [](int line, int column) {
    return Location{.file = "/shop/medusa.toml", .line = line, .column = column};
  };
  CHECK(config.order ==
        std::vector<OrderDeclaration>{
            {.subject = "@acme/x/Add1",
             .relation = OrderRelation::Before,
             .other = "backend",
             .place = at(5, 11)},
            {.subject = "medusa-plugin-loyalty",
             .other = "medusa-plugin-reviews",
             .place = at(3, 10)},
            {.subject = "medusa-plugin-loyalty", .other = "?@acme/x@>=1", .place = at(3, 35)}});
  const auto problems =
      problems_of([] { static_cast<void>(parse_config("[order.a]\nafer = [\"b\"]\n", "m.toml")); });
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].message == "unknown key 'order.a.afer'");
  CHECK(problems[0].hint == "did you mean 'after'?");
}

TEST_CASE("what to do about what is foreseen is a word, for all and for one member", "[config]") {
  const Config config = parse_config(
      "[migrations]\nlate = 'refuse'\nforesight = 'warn'\n[late]\n'@acme/reviews' = 'allow'\n",
      "/shop/medusa.toml");
  CHECK(config.migrations.late.value == LatePolicy::Refuse);
  CHECK_FALSE(config.migrations.refuse_foreseen.value);
  REQUIRE(config.late.size() == 1);
  CHECK(config.late.at("@acme/reviews").value == LatePolicy::Allow);
  CHECK(config.late.at("@acme/reviews").origin.location.value().line == 5);
  try {
    static_cast<void>(parse_config(
        "[migrations]\nlate = 'alow'\nforesight = 'on'\n[late]\nreviews = 'never'\nloyalty = 1\n",
        "/shop/medusa.toml"));
    FAIL("accepted");
  } catch (const Error& error) {
    REQUIRE(error.diagnostics().size() == 4);
    CHECK(error.diagnostics()[0].message ==
          "'migrations.late' must be 'allow', 'safe' or 'refuse', found 'alow'");
    CHECK(error.diagnostics()[0].hint == "did you mean 'allow'?");
    CHECK(error.diagnostics()[1].message ==
          "'migrations.foresight' must be 'refuse' or 'warn', found 'on'");
    CHECK(error.diagnostics()[2].message ==
          "'late.reviews' must be 'allow', 'safe' or 'refuse', found 'never'");
    CHECK(error.diagnostics()[3].message.find("late.loyalty") != std::string::npos);
  }
}

TEST_CASE("a file in the root folder still gives the workspace a name", "[config]") {
  CHECK(parse_config("", "/medusa.toml").workspace.name.value == "workspace");
}

TEST_CASE("every key of the file arrives with its line", "[config]") {
  const Config config = parse_config(R"(
[workspace]
name = "shop"
backend = "apps/server"
plugins = ["./plugins/*",
           "medusa-fulfillment-webshipper"]
core = "@acme/medusa"
modules = ["@medusajs/inventory", "@medusajs/stock-location"]

[feature_flags]
medusa_v2 = true
analytics = "false"
tax = { inclusive = true, exclusive = false }

[database]
url = "postgres://localhost/shop"
schema = "shop"
extensions = ["uuid-ossp", "pg_trgm"]

[migrations]
transaction = "each"
host_timeout = 20
run_lock_timeout = "2h"

[build]
command = "npm run build"
)",
                                     "/shop/medusa.toml");
  CHECK(config.workspace.name.value == "shop");
  CHECK(to_string(config.workspace.name.origin) == "medusa.toml:3");
  CHECK(config.workspace.backend.value == "apps/server");
  REQUIRE(config.workspace.plugins.value.size() == 2);
  CHECK(config.workspace.plugins.value[0].text == "./plugins/*");
  CHECK(config.workspace.plugins.value[1].text == "medusa-fulfillment-webshipper");
  CHECK(config.workspace.plugins.value[1].location->line == 6);
  CHECK(config.workspace.plugins.value[1].location->column == 12);
  CHECK(config.workspace.plugins.value[1].location->text ==
        "           \"medusa-fulfillment-webshipper\"]");
  CHECK(to_string(config.workspace.plugins.origin) == "medusa.toml:5");
  CHECK(config.workspace.core.value == "@acme/medusa");
  REQUIRE(config.workspace.modules.value.size() == 2);
  CHECK(config.workspace.modules.value[1].text == "@medusajs/stock-location");
  CHECK(config.workspace.modules.value[1].location->line == 8);
  CHECK(config.feature_flags.at("medusa_v2").value == FlagValue(true));
  CHECK(config.feature_flags.at("analytics").value == FlagValue(std::string("false")));
  CHECK(config.feature_flags.at("tax").value ==
        FlagValue(std::map<std::string, bool>{{"inclusive", true}, {"exclusive", false}}));
  CHECK(to_string(config.feature_flags.at("analytics").origin) == "medusa.toml:12");
  CHECK(config.database.url->value == "postgres://localhost/shop");
  CHECK(config.database.schema->value == "shop");
  CHECK(config.database.extensions.value == std::vector<std::string>{"uuid-ossp", "pg_trgm"});
  CHECK(config.migrations.transaction.value == TransactionMode::Each);
  CHECK(config.migrations.host_timeout.value == seconds(20));
  CHECK(config.migrations.run_lock_timeout.value == seconds(7200));
  CHECK(to_string(config.migrations.run_lock_timeout.origin) == "medusa.toml:23");
  CHECK(config.build.command->value == "npm run build");
}

TEST_CASE("dotted keys and inline tables are the same as tables", "[config]") {
  const Config config =
      parse_config("workspace.backend = 'b'\ndatabase = { schema = 's' }\n", "medusa.toml");
  CHECK(config.workspace.backend.value == "b");
  CHECK(config.database.schema->value == "s");
  CHECK(to_string(config.database.schema->origin) == "medusa.toml:2");
}

TEST_CASE("no plugins is not the same as no word about plugins", "[config]") {
  CHECK(parse_config("[workspace]\nplugins = []\n", "m.toml").workspace.plugins.value.empty());
}

TEST_CASE("flag wins over environment, environment over file, file over default", "[config]") {
  const std::string text =
      "[database]\nurl = 'postgres://file/db'\n[migrations]\nrun_lock_timeout = 1\n";
  const Environment variable(Variables{{"DATABASE_URL", "postgres://env/db"}});
  const ConfigOverrides flag{.database_url = "postgres://flag/db"};

  const Config by_flag = parse_config(text, "medusa.toml", variable, flag);
  CHECK(by_flag.database.url->value == "postgres://flag/db");
  CHECK(by_flag.database.url->origin.kind == Origin::Kind::Flag);
  CHECK(to_string(by_flag.database.url->origin) == "--database-url");

  const Config by_variable = parse_config(text, "medusa.toml", variable);
  CHECK(by_variable.database.url->value == "postgres://env/db");
  CHECK(by_variable.database.url->origin.kind == Origin::Kind::Environment);
  CHECK(to_string(by_variable.database.url->origin) == "DATABASE_URL");

  const Config by_file = parse_config(text, "medusa.toml");
  CHECK(by_file.database.url->value == "postgres://file/db");
  CHECK(by_file.database.url->origin.kind == Origin::Kind::File);
  CHECK(to_string(by_file.database.url->origin) == "medusa.toml:2");
  CHECK(to_string(by_file.migrations.run_lock_timeout.origin) == "medusa.toml:4");
  CHECK(to_string(by_file.migrations.host_timeout.origin) == "default");
}

TEST_CASE("an empty DATABASE_URL counts as not set", "[config]") {
  const Environment empty(Variables{{"DATABASE_URL", ""}});
  CHECK_FALSE(parse_config("", "m.toml", empty).database.url.has_value());
  CHECK(parse_config("database.url = 'postgres:///x'", "m.toml", empty).database.url->value ==
        "postgres:///x");
}

TEST_CASE("every flag wins over the file and is named as the origin", "[config]") {
  const Config config = parse_config(
      "[database]\nschema = 'a'\n[migrations]\ntransaction = 'each'\nhost_timeout = 1\n"
      "run_lock_timeout = 1\n",
      "medusa.toml",
      {},
      {.schema = "b",
       .transaction = TransactionMode::None,
       .host_timeout = seconds(7),
       .run_lock_timeout = seconds(8)});
  CHECK(config.database.schema->value == "b");
  CHECK(to_string(config.database.schema->origin) == "--schema");
  CHECK(config.migrations.transaction.value == TransactionMode::None);
  CHECK(to_string(config.migrations.transaction.origin) == "--transaction");
  CHECK(config.migrations.host_timeout.value == seconds(7));
  CHECK(to_string(config.migrations.host_timeout.origin) == "--host-timeout");
  CHECK(config.migrations.run_lock_timeout.value == seconds(8));
  CHECK(to_string(config.migrations.run_lock_timeout.origin) == "--run-lock-timeout");
}

TEST_CASE("load_config reads the file from disk", "[config]") {
  TemporaryTree tree;
  const auto file = tree.write("medusa.toml", "[workspace]\nname = 'disk'\n");
  const Config config = load_config(file, Environment());
  CHECK(config.workspace.name.value == "disk");
  CHECK(config.file == file);
  CHECK(config.root == tree.root());
}

TEST_CASE("load_config names a file that cannot be read", "[config]") {
  TemporaryTree tree;
  const auto problems =
      problems_of([&] { (void)load_config(tree.root() / "gone.toml", Environment()); });
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].code == ErrorCode::Config);
  CHECK_THAT(problems[0].message, Catch::Contains("gone.toml"));
}

TEST_CASE("find_config takes the nearest file above the start", "[config]") {
  TemporaryTree tree;
  const auto outer = tree.write("medusa.toml", "");
  const auto inner = tree.write("shop/medusa.toml", "");
  const auto deep = tree.folder("shop/plugins/a");
  tree.folder("other/medusa.toml");  // a folder of that name is passed over
  CHECK(find_config(deep) == inner);
  CHECK(find_config(deep / "") == inner);
  CHECK(find_config(tree.root() / "shop") == inner);
  CHECK(find_config(tree.root() / "other") == outer);
}

TEST_CASE("find_config says where it searched and how to begin", "[config]") {
  TemporaryTree tree;
  const auto start = tree.folder("a/b");
  const auto problems = problems_of([&] { (void)find_config(start); });
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].code == ErrorCode::Config);
  CHECK(problems[0].message == "no medusa.toml found");
  REQUIRE(problems[0].notes.size() == 1);
  CHECK_THAT(problems[0].notes[0], Catch::Contains(start.string()));
  CHECK(problems[0].hint == R"(printf '[workspace]\nbackend = "backend"\n' > medusa.toml)");
}

TEST_CASE("find_config takes the file that --config names", "[config]") {
  TemporaryTree tree;
  tree.write("medusa.toml", "");
  const auto staging = tree.write("deploy/staging.toml", "");
  CHECK(find_config(tree.root(), {.config_file = "deploy/staging.toml"}) == staging);
  CHECK(find_config(tree.root() / "deploy", {.config_file = "../deploy/staging.toml"}) == staging);
  CHECK(find_config("/", {.config_file = staging}) == staging);

  const auto gone =
      problems_of([&] { (void)find_config(tree.root(), {.config_file = "deploy/x.toml"}); });
  REQUIRE(gone.size() == 1);
  CHECK_THAT(gone[0].message, Catch::Contains("deploy/x.toml"));

  const auto folder =
      problems_of([&] { (void)find_config(tree.root(), {.config_file = "deploy"}); });
  REQUIRE(folder.size() == 1);
  CHECK_THAT(folder[0].hint, Catch::Contains("deploy/medusa.toml"));
}

}  // namespace medusa
