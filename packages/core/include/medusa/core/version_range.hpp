// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "medusa/core/semantic_version.hpp"

namespace medusa {

/// Which versions are meant, written as in a package.json: "^1.20", "~1.2.3", ">=1.2 <2", "1.x",
/// "1.2 - 1.4", "1 || 2". Reads and decides as npm's own package semver does (7, strict, without
/// includePrerelease): a prerelease is only in a range that names one of the same three numbers.
class VersionRange {
 public:
  /// Nothing if npm would not accept it either.
  [[nodiscard]] static std::optional<VersionRange> parse(std::string_view text);

  [[nodiscard]] bool contains(const SemanticVersion& version) const;

 private:
  enum class Relation { Less, AtMost, Equal, AtLeast, Greater };

  /// One bound, e.g. "<2.0.0-0".
  struct Comparator {
    Relation relation = Relation::Equal;
    SemanticVersion version = {};

    [[nodiscard]] bool accepts(const SemanticVersion& other) const;
  };

  /// All of these must hold; none: any release.
  using Comparators = std::vector<Comparator>;

  /// A version some of whose numbers may be left out or written as "x".
  struct Partial;

  static std::optional<Partial> read_partial(std::string_view& text);
  static std::optional<Comparators> read_alternative(std::string_view text);
  static std::optional<Comparators> read_hyphen(std::string_view text);
  static void add_caret(Comparators& to, const Partial& partial);
  static void add_tilde(Comparators& to, const Partial& partial);
  static void add_relation(Comparators& to, std::string_view relation, const Partial& partial);
  static void add_between(Comparators& to, SemanticVersion from, SemanticVersion below);

  std::vector<Comparators> alternatives_;
};

}  // namespace medusa
