// SPDX-License-Identifier: MIT
#include "medusa/core/version_range.hpp"

#include <map>
#include <random>

#include <catch2/catch.hpp>

#include "medusa/core/text.hpp"

#include "medusa_program.hpp"
#include "temporary_workspace.hpp"

namespace medusa {

namespace {

std::string verdict(const std::string& version_text, const std::string& range_text) {
  const auto version = SemanticVersion::parse(version_text);
  if (!version.has_value()) {
    return "no version";
  }
  const auto range = VersionRange::parse(range_text);
  if (!range.has_value()) {
    return "no range";
  }
  return range->contains(*version) ? "in" : "out";
}

/// Versions and ranges, right and slightly wrong ones, of few different numbers so that they meet.
class RandomTexts {
 public:
  explicit RandomTexts(unsigned int seed) : random_(seed) {}

  std::string version() {
    std::string text = one_of({"", "", "", "", "v"});
    text += number() + '.' + number() + '.' + number() + prerelease() + metadata();
    if (below(60) == 0) {  // larger than JavaScript's exact integers
      text += "9007199254740993";
    }
    return text;
  }

  std::string range() {
    std::string text = alternative();
    while (below(4) == 0) {
      text += one_of({"||", " || "}) + alternative();
    }
    return text;
  }

 private:
  int below(int bound) { return std::uniform_int_distribution<int>(0, bound - 1)(random_); }

  std::string one_of(const std::vector<std::string>& texts) {
    return texts[static_cast<std::size_t>(below(static_cast<int>(texts.size())))];
  }

  /// The wrong one is rare.
  std::string number() {
    return below(60) == 0 ? "01" : one_of({"0", "0", "0", "1", "1", "1", "2", "2", "3", "10"});
  }

  std::string prerelease() {
    return below(3) == 0 ? one_of({"-0",
                                   "-1",
                                   "-alpha",
                                   "-alpha.1",
                                   "-alpha.10",
                                   "-beta",
                                   "-rc.2",
                                   "-a-b",
                                   "-01",
                                   "-",
                                   "-a..b",
                                   "-alpha.b"})
                         : "";
  }

  std::string metadata() {
    return below(12) == 0 ? one_of({"+1", "+build.01", "+", "+a.b-c"}) : "";
  }

  std::string partial() {
    std::string text = one_of({"", "", "", "", "", "", "v", "="});
    const auto part = [&] { return below(6) == 0 ? one_of({"x", "X", "*"}) : number(); };
    text += part();
    if (below(4) != 0) {
      text += '.' + part();
      if (below(4) != 0) {
        text += '.' + part() + prerelease() + metadata();
      }
    }
    return text;
  }

  std::string alternative() {
    if (below(6) == 0) {
      return partial() + one_of({" - ", " - ", "  -  ", " -"}) + partial();
    }
    std::string text = one_of({"", "", "", " "});
    for (int count = below(3) + (below(12) == 0 ? 0 : 1); count > 0; --count) {
      text += one_of({"", "", "^", "^", "~", "~", "~>", ">", ">=", "<", "<=", "=", "!", "^^"}) +
              one_of({"", "", "", "", " "}) + partial() + one_of({" ", "  "});
    }
    return text + one_of({"", "", "", " ", ",", "a"}).substr(0, below(6) == 0 ? 1 : 0);
  }

  std::mt19937 random_;
};

}  // namespace

TEST_CASE("a version range says what npm says", "[core]") {
  const TemporaryWorkspace workspace;
  RandomTexts texts(20);
  std::vector<std::pair<std::string, std::string>> cases{
      {"1.20.0", ">=1.20"}, {"1.19.9", ">=1.20"}, {"1.20.0-beta.1", ">=1.20"}, {"1.2.3", ""}};
  for (int i = 0; i < 60'000; ++i) {
    cases.emplace_back(texts.version(), texts.range());
  }
  std::string content;
  for (const auto& [version, range] : cases) {
    content += version + '\t' + range + '\n';
  }
  workspace.write("cases.txt", content);
  const Outcome npm = run_program("node",
                                  workspace.root(),
                                  {(project_root() / "tests/unit/core/semver_oracle.cjs").string(),
                                   project_root().string(),
                                   (workspace.root() / "cases.txt").string()});
  REQUIRE(npm.exit_code == 0);
  const std::vector<std::string_view> expected = lines(npm.output);
  REQUIRE(expected.size() >= cases.size());
  std::map<std::string, int> seen;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    INFO("version '" << cases[i].first << "', range '" << cases[i].second << "'");
    REQUIRE(verdict(cases[i].first, cases[i].second) == expected[i]);
    ++seen[std::string(expected[i])];
  }
  // Every verdict was put to the test.
  for (const char* word : {"in", "out", "no version", "no range"}) {
    CHECK(seen[word] > 3'000);
  }
}

TEST_CASE("versions are ordered as semver.org says", "[core]") {
  const std::vector<std::string> ascending{"0.0.0-0",
                                           "0.9.0",
                                           "1.0.0-alpha",
                                           "1.0.0-alpha.1",
                                           "1.0.0-alpha.beta",
                                           "1.0.0-beta",
                                           "1.0.0-beta.2",
                                           "1.0.0-beta.11",
                                           "1.0.0-rc.1",
                                           "1.0.0",
                                           "1.2.0",
                                           "1.10.0"};
  for (std::size_t a = 0; a < ascending.size(); ++a) {
    for (std::size_t b = 0; b < ascending.size(); ++b) {
      CAPTURE(ascending[a], ascending[b]);
      CHECK((*SemanticVersion::parse(ascending[a]) < *SemanticVersion::parse(ascending[b])) ==
            (a < b));
    }
  }
}

TEST_CASE("build metadata makes no difference", "[core]") {
  CHECK(SemanticVersion::parse("1.2.3+a") == SemanticVersion::parse("v1.2.3+b"));
}

}  // namespace medusa
