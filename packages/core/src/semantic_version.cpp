// SPDX-License-Identifier: MIT
#include "medusa/core/semantic_version.hpp"

#include <algorithm>
#include <charconv>

#include "medusa/core/text.hpp"

namespace medusa {

namespace {

constexpr std::uint64_t kLargest = 9007199254740991;  // Number.MAX_SAFE_INTEGER
constexpr std::size_t kLongest = 256;                 // npm's semver refuses longer texts

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_identifier(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
  });
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) {
      return parts;
    }
    text.remove_prefix(end + 1);
  }
}

/// Numbers by value and below words; words by ASCII.
std::strong_ordering compare_identifiers(const std::string& a, const std::string& b) {
  if (is_number(a) != is_number(b)) {
    return is_number(a) ? std::strong_ordering::less : std::strong_ordering::greater;
  }
  if (is_number(a) && a.size() != b.size()) {  // no leading zeros: longer is larger
    return a.size() <=> b.size();
  }
  return a <=> b;
}

}  // namespace

bool is_number(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

std::optional<std::uint64_t> parse_version_number(std::string_view text) {
  if (!is_number(text) || (text.size() > 1 && text.front() == '0')) {
    return std::nullopt;
  }
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && number <= kLargest ? std::optional(number) : std::nullopt;
}

std::optional<std::vector<std::string>> parse_prerelease(std::string_view text) {
  std::vector<std::string> identifiers;
  for (const std::string_view part : split(text, '.')) {
    if (!is_identifier(part) || (is_number(part) && part.size() > 1 && part.front() == '0')) {
      return std::nullopt;
    }
    identifiers.emplace_back(part);
  }
  return identifiers;
}

bool is_build_metadata(std::string_view text) {
  const auto parts = split(text, '.');
  return std::all_of(parts.begin(), parts.end(), is_identifier);
}

std::optional<SemanticVersion> SemanticVersion::parse(std::string_view text) {
  text = trim(text);
  if (text.size() > kLongest) {
    return std::nullopt;
  }
  if (text.starts_with('v')) {
    text.remove_prefix(1);
  }
  const std::size_t plus = text.find('+');
  if (plus != std::string_view::npos && !is_build_metadata(text.substr(plus + 1))) {
    return std::nullopt;
  }
  text = text.substr(0, plus);
  const std::size_t dash = text.find('-');
  SemanticVersion version;
  if (dash != std::string_view::npos) {
    auto prerelease = parse_prerelease(text.substr(dash + 1));
    if (!prerelease.has_value()) {
      return std::nullopt;
    }
    version.prerelease = std::move(*prerelease);
  }
  const std::vector<std::string_view> numbers = split(text.substr(0, dash), '.');
  if (numbers.size() != 3) {
    return std::nullopt;
  }
  const auto major = parse_version_number(numbers[0]);
  const auto minor = parse_version_number(numbers[1]);
  const auto patch = parse_version_number(numbers[2]);
  if (!major.has_value() || !minor.has_value() || !patch.has_value()) {
    return std::nullopt;
  }
  version.major = *major;
  version.minor = *minor;
  version.patch = *patch;
  return version;
}

std::strong_ordering operator<=>(const SemanticVersion& a, const SemanticVersion& b) {
  for (const auto number :
       {&SemanticVersion::major, &SemanticVersion::minor, &SemanticVersion::patch}) {
    if (a.*number != b.*number) {
      return a.*number <=> b.*number;
    }
  }
  if (a.prerelease.empty() || b.prerelease.empty()) {
    return b.prerelease.size() <=> a.prerelease.size();
  }
  const std::size_t common = std::min(a.prerelease.size(), b.prerelease.size());
  for (std::size_t i = 0; i < common; ++i) {
    if (const auto order = compare_identifiers(a.prerelease[i], b.prerelease[i]); order != 0) {
      return order;
    }
  }
  return a.prerelease.size() <=> b.prerelease.size();
}

}  // namespace medusa
