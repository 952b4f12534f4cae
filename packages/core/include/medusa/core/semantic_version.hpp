// SPDX-License-Identifier: MIT
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace medusa {

/// A package's version as npm understands it (semver.org 2.0, and a leading "v"). Build metadata
/// is read and forgotten: it has no part in any comparison.
struct SemanticVersion {
  std::uint64_t major = 0;
  std::uint64_t minor = 0;
  std::uint64_t patch = 0;
  std::vector<std::string> prerelease = {};  ///< "beta.2" is {"beta", "2"}; empty: a release.

  /// Nothing if the text is no version; blanks around it do not matter.
  [[nodiscard]] static std::optional<SemanticVersion> parse(std::string_view text);

  /// semver.org 2.0, 11: a prerelease comes before its release.
  friend std::strong_ordering operator<=>(const SemanticVersion& a, const SemanticVersion& b);
  friend bool operator==(const SemanticVersion& a, const SemanticVersion& b) = default;
};

/// Whether the text is made of digits alone, at least one.
[[nodiscard]] bool is_number(std::string_view text);

/// A number of a version: digits without a leading zero, up to JavaScript's largest exact integer.
[[nodiscard]] std::optional<std::uint64_t> parse_version_number(std::string_view text);

/// The identifiers between dots, or nothing if one is not valid in a prerelease.
[[nodiscard]] std::optional<std::vector<std::string>> parse_prerelease(std::string_view text);

/// Whether the text is valid build metadata ("+" not included).
[[nodiscard]] bool is_build_metadata(std::string_view text);

}  // namespace medusa
