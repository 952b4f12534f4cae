// SPDX-License-Identifier: MIT
// Environment variables in the database URL.
#include <map>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "medusa/config/load.hpp"

#include "temporary_tree.hpp"

namespace medusa {

namespace {

using Variables = std::map<std::string, std::string>;

const Environment& variables() {
  static const Environment environment(
      {{"DB_USER", "shop"}, {"DB_PASSWORD", "pa$$ ${x}"}, {"EMPTY", ""}, {"_X1", "one"}});
  return environment;
}

std::string url(const std::string& written) {
  return parse_config("database.url = '" + written + "'", "medusa.toml", variables())
      .database.url->value;
}

std::vector<Diagnostic> problems_with(const std::string& written,
                                      const ConfigOverrides& overrides = {}) {
  return test::problems_of([&] {
    (void)parse_config(
        "[database]\n  url = '" + written + "'", "medusa.toml", variables(), overrides);
  });
}

}  // namespace

TEST_CASE("variables of the environment are filled into the URL", "[config]") {
  CHECK(url("postgres://${DB_USER}@h/${_X1}") == "postgres://shop@h/one");
  CHECK(url("${DB_USER}${DB_USER}") == "shopshop");
}

TEST_CASE("what a variable contains is not expanded again", "[config]") {
  CHECK(url("${DB_PASSWORD}") == "pa$$ ${x}");
}

TEST_CASE("a default stands in for a variable that is not set or empty", "[config]") {
  CHECK(url("${GONE:-localhost}") == "localhost");
  CHECK(url("${EMPTY:-localhost}") == "localhost");
  CHECK(url("${DB_USER:-localhost}") == "shop");
  CHECK(url("a${GONE:-}b") == "ab");
  CHECK(url("${GONE:-a:-b}") == "a:-b");
  CHECK(url("a${EMPTY}b") == "ab");
}

TEST_CASE("two dollars are one, and a dollar before other characters is itself", "[config]") {
  CHECK(url("$${DB_USER}") == "${DB_USER}");
  CHECK(url("a$$b$c$") == "a$b$c$");
  CHECK(url("$$$$") == "$$");
}

TEST_CASE("each variable that is not set is named at the key's place", "[config]") {
  const auto problems = problems_with("postgres://${PROD_USER}:${PROD_PW}@${PROD_USER}/db");
  REQUIRE(problems.size() == 2);
  CHECK(problems[0].code == ErrorCode::Config);
  CHECK(problems[0].message ==
        "environment variable 'PROD_USER' is not set, but 'database.url' needs it");
  CHECK(problems[0].location->line == 2);
  CHECK(problems[0].location->column == 3);
  CHECK_THAT(problems[0].hint, Catch::Contains("${PROD_USER:-...}"));
  CHECK_THAT(problems[1].message, Catch::Contains("'PROD_PW'"));
}

TEST_CASE("a variable is not needed where the URL comes from elsewhere", "[config]") {
  CHECK(problems_with("${PROD_URL}", {.database_url = "postgres://h/db"}).empty());
  const Environment environment(Variables{{"DATABASE_URL", "postgres://h/db"}});
  CHECK(parse_config("database.url = '${PROD_URL}'", "m.toml", environment).database.url->value ==
        "postgres://h/db");
}

TEST_CASE("a malformed variable is an error even where the URL is not used", "[config]") {
  for (const char* written : {"${DB_USER", "${}", "${1A}", "${A-B}", "${A B}", "${:-x}"}) {
    CAPTURE(written);
    for (const ConfigOverrides& overrides :
         {ConfigOverrides{}, ConfigOverrides{.database_url = "postgres://h/db"}}) {
      const auto problems = problems_with(written, overrides);
      REQUIRE(problems.size() == 1);
      CHECK_THAT(problems[0].message, Catch::StartsWith("cannot read 'database.url': '${"));
      CHECK(problems[0].hint == "write '$$' for a '$' that stands for itself");
    }
  }
}

TEST_CASE("a URL that is empty once it is filled in is an error", "[config]") {
  for (const char* written : {"${EMPTY}", "${GONE:-}", " ${EMPTY} "}) {
    CAPTURE(written);
    const auto problems = problems_with(written);
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].message == "'database.url' is empty once its variables are filled in");
  }
}

}  // namespace medusa
