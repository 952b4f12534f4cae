// SPDX-License-Identifier: MIT
// Quoted text as a real server reads it.
#include <random>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "medusa/database/connection.hpp"

#include "postgres_fixture.hpp"

namespace medusa {

namespace {

constexpr unsigned int kSeed = 20240501;

/// Texts that a wrong quoting would change, or run.
std::vector<std::string> nasty_texts() {
  std::vector<std::string> texts{"plain",
                                 "it's",
                                 "''",
                                 "'",
                                 "\"",
                                 "\"\"",
                                 "\\",
                                 "\\\\",
                                 "\\'",
                                 "'\\",
                                 "\\n",
                                 "\\x41",
                                 "\\u0041",
                                 "a\nb\r\nc\td",
                                 "E'",
                                 "$$",
                                 "$1",
                                 "; SELECT 2",
                                 "'; DROP TABLE a; --",
                                 "/*",
                                 "*/",
                                 "-- ",
                                 "%s",
                                 "ü 漢 🐘",
                                 " ",
                                 "  a  "};
  std::mt19937 random(kSeed);
  const std::string alphabet = "'\"\\$;-/*aE \n";
  while (texts.size() < 300) {
    std::string text;
    for (int length = std::uniform_int_distribution<int>(1, 8)(random); length > 0; --length) {
      text += alphabet[std::uniform_int_distribution<std::size_t>(0, alphabet.size() - 1)(random)];
    }
    texts.push_back(text);
  }
  return texts;
}

/// A connection on which backslashes mean one or the other.
class QuotingConnection {
 public:
  explicit QuotingConnection(const std::string& standard_conforming_strings) {
    connection_.execute("SET standard_conforming_strings = " + standard_conforming_strings);
  }

  QueryResult execute(const std::string& sql) {
    const std::vector<QueryResult> results = connection_.execute(sql);
    REQUIRE(results.size() == 1);
    return results.front();
  }

 private:
  Connection connection_{DatabaseUrl::parse(PostgresFixture::shared().url("postgres"), "the test")};
};

}  // namespace

TEST_CASE("a quoted literal is read as the text it was made of", "[database]") {
  const std::string setting = GENERATE(as<std::string>{}, "on", "off");
  QuotingConnection connection(setting);
  for (const std::string& text : nasty_texts()) {
    INFO("seed " << kSeed << ", standard_conforming_strings " << setting << ": " << text);
    const QueryResult result = connection.execute("SELECT " + quote_literal(text));
    REQUIRE(result.rows.at(0).at(0) == text);
  }
}

TEST_CASE("an empty literal is empty, not NULL", "[database]") {
  CHECK(QuotingConnection("on").execute("SELECT " + quote_literal("")).rows.at(0).at(0) == "");
}

TEST_CASE("a quoted identifier is the name it was made of", "[database]") {
  const std::string setting = GENERATE(as<std::string>{}, "on", "off");
  QuotingConnection connection(setting);
  for (const std::string& name : nasty_texts()) {
    INFO("seed " << kSeed << ", standard_conforming_strings " << setting << ": " << name);
    const QueryResult result = connection.execute("SELECT 1 AS " + quote_identifier(name));
    REQUIRE(result.fields.at(0).name == name);
  }
}

TEST_CASE("a keyword may be a quoted identifier", "[database]") {
  CHECK(QuotingConnection("on")
            .execute("SELECT 1 AS " + quote_identifier("select"))
            .fields.at(0)
            .name == "select");
}

}  // namespace medusa
