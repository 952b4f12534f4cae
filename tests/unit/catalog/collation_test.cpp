// SPDX-License-Identifier: MIT
#include "medusa/catalog/collation.hpp"

#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "medusa_program.hpp"
#include "temporary_workspace.hpp"

namespace medusa {

namespace {

using Names = std::vector<std::string>;

/// Names that differ in little: that is where an order is decided.
Names generate(std::mt19937& random, std::size_t count) {
  std::string printable;
  for (char c = ' '; c <= '~'; ++c) {
    if (c != '/') {
      printable += c;
    }
  }
  const std::string few = "aAbB1-_. ";
  const auto pick = [&](const std::string& from) {
    return from[std::uniform_int_distribution<std::size_t>(0, from.size() - 1)(random)];
  };
  Names names;
  while (names.size() < count) {
    std::string name;
    const std::string& alphabet = names.size() % 2 == 0 ? printable : few;
    for (std::size_t length = std::uniform_int_distribution<std::size_t>(1, 6)(random); length > 0;
         --length) {
      name += pick(alphabet);
    }
    names.push_back(name);
  }
  return names;
}

/// The sign of `a.localeCompare(b, "en")` for neighbours of the list, asked in one go.
std::vector<int> compared_by_node(const Names& names) {
  const TemporaryWorkspace folder;
  folder.write("names.json", nlohmann::json(names).dump());
  const std::string script =
      "const names = JSON.parse(require('fs').readFileSync('names.json', 'utf8'));"
      "const signs = names.slice(1).map((b, i) => Math.sign(names[i].localeCompare(b, 'en')));"
      "console.log(JSON.stringify(signs));";
  const Outcome outcome = run_program("node", folder.root(), {"-e", script});
  INFO(outcome.errors);
  REQUIRE(outcome.exit_code == 0);
  return nlohmann::json::parse(outcome.output).get<std::vector<int>>();
}

int compared_by_us(const std::string& a, const std::string& b) {
  if (collates_before(a, b)) {
    return -1;
  }
  return collates_before(b, a) ? 1 : 0;
}

}  // namespace

TEST_CASE("names sort as Node's localeCompare sorts them", "[catalog]") {
  constexpr unsigned int kSeed = 20240501;
  std::mt19937 random(kSeed);
  const Names names = generate(random, 6000);
  const std::vector<int> expected = compared_by_node(names);
  REQUIRE(expected.size() == names.size() - 1);
  for (std::size_t i = 0; i < expected.size(); ++i) {
    INFO("seed " << kSeed << ": '" << names[i] << "' and '" << names[i + 1] << "'");
    REQUIRE(compared_by_us(names[i], names[i + 1]) == expected[i]);
  }
}

TEST_CASE("real file names sort by their digits first", "[catalog]") {
  CHECK(collates_before("1600000000000-b.js", "1700000000000-a.js"));
  CHECK(collates_before("1700000000000-Add.js", "1700000000000-b.js"));
  CHECK(collates_before("1700000000000_a.js", "1700000000000-a.js"));
  CHECK(collates_before("1700000000000-a.js", "1700000000000-aa.js"));
}

TEST_CASE("case decides only when nothing else does, small letters first", "[catalog]") {
  CHECK(collates_before("a.js", "A.js"));
  CHECK_FALSE(collates_before("A.js", "a.js"));
  CHECK(collates_before("Aa.js", "ab.js"));
  CHECK(collates_before("aB.js", "Ab.js"));
}

TEST_CASE("no name sorts before itself", "[catalog]") {
  for (const char* name : {"", " ", "a", "1700000000000-a.js", "ü"}) {
    CHECK_FALSE(collates_before(name, name));
  }
}

}  // namespace medusa
