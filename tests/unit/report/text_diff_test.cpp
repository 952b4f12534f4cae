// SPDX-License-Identifier: MIT
#include "text_diff.hpp"

#include <random>
#include <vector>

#include <catch2/catch.hpp>

#include "medusa/core/text.hpp"

namespace medusa {

namespace {

/// The text after the hunks were applied to it; checks what they say of its lines.
std::string patched(const std::string& before, const std::string& diff) {
  const std::vector<std::string_view> old_lines = lines(before);
  std::string after;
  std::size_t next = 0;
  const auto copy_to = [&](std::size_t end) {
    for (; next < end; ++next) {
      after.append(old_lines.at(next)).append("\n");
    }
  };
  for (const std::string_view line : lines(diff)) {
    if (line.starts_with("@@ -")) {
      const std::string numbers(line.substr(4));
      const std::size_t first = std::stoul(numbers);
      const bool is_insertion = numbers.substr(numbers.find(',')).starts_with(",0 ");
      copy_to(is_insertion ? first : first - 1);
      continue;
    }
    if (!line.starts_with('+')) {
      REQUIRE(old_lines.at(next) == line.substr(1));
      ++next;
    }
    if (!line.starts_with('-')) {
      after.append(line.substr(1)).append("\n");
    }
  }
  copy_to(old_lines.size());
  return after;
}

std::string random_text(std::mt19937& random) {
  std::string text;
  for (std::size_t count = random() % 30; count > 0; --count) {
    text += static_cast<char>('a' + random() % 6);
    text += '\n';
  }
  return text;
}

}  // namespace

TEST_CASE("a diff shows the lines that differ, and three around them", "[report]") {
  CHECK(unified_diff("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n") ==
        "@@ -2,7 +2,7 @@\n"
        " 2\n"
        " 3\n"
        " 4\n"
        "-5\n"
        "+five\n"
        " 6\n"
        " 7\n"
        " 8\n");
}

TEST_CASE("changes whose context meets share a hunk", "[report]") {
  const std::string before = "a\n1\n2\n3\n4\n5\n6\nb\n1\n2\n3\n4\n5\n6\n7\nc\n";
  CHECK(unified_diff(before, "A\n1\n2\n3\n4\n5\n6\nB\n1\n2\n3\n4\n5\n6\n7\nC\n") ==
        "@@ -1,11 +1,11 @@\n-a\n+A\n 1\n 2\n 3\n 4\n 5\n 6\n-b\n+B\n 1\n 2\n 3\n"
        "@@ -13,4 +13,4 @@\n 5\n 6\n 7\n-c\n+C\n");
  CHECK(unified_diff("", "a\nb\n") == "@@ -0,0 +1,2 @@\n+a\n+b\n");
  CHECK(unified_diff("a\n", "") == "@@ -1,1 +0,0 @@\n-a\n");
}

TEST_CASE("equal texts have no diff", "[report]") {
  CHECK(unified_diff("", "").empty());
  CHECK(unified_diff("a\nb\n", "a\nb\n").empty());
}

TEST_CASE("a diff leads from one text to the other", "[report]") {
  std::mt19937 random(7);
  for (int round = 0; round < 2000; ++round) {
    const std::string before = random_text(random);
    const std::string after = random_text(random);
    const std::string diff = unified_diff(before, after);
    CAPTURE(before, after, diff);
    REQUIRE(patched(before, diff) == after);
    REQUIRE(diff.empty() == (before == after));
  }
}

}  // namespace medusa
