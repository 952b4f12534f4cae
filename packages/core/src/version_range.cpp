// SPDX-License-Identifier: MIT
#include "medusa/core/version_range.hpp"

#include <algorithm>
#include <array>

#include "medusa/core/text.hpp"

namespace medusa {

namespace {

constexpr std::string_view kBlanks = " \t\n\r\f\v";
constexpr std::string_view kOr = "||";
constexpr std::size_t kLongest = 256;

void skip_blanks(std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(kBlanks), text.size()));
}

/// Takes the characters before the first one of `ends` off the front.
std::string_view take_until(std::string_view& text, std::string_view ends) {
  const std::string_view taken = text.substr(0, text.find_first_of(ends));
  text.remove_prefix(taken.size());
  return taken;
}

/// The operator at the front, the longest that fits; empty if there is none.
std::string_view take_operator(std::string_view& text) {
  constexpr std::array<std::string_view, 8> operators{"<=", ">=", "~>", "<", ">", "=", "~", "^"};
  for (const std::string_view candidate : operators) {
    if (text.starts_with(candidate)) {
      text.remove_prefix(candidate.size());
      return candidate;
    }
  }
  return {};
}

SemanticVersion release(std::uint64_t major, std::uint64_t minor, std::uint64_t patch) {
  return {.major = major, .minor = minor, .patch = patch};
}

/// The very first prerelease: "below 2.0.0-0" leaves out the prereleases of 2.0.0 as well.
SemanticVersion first_of(std::uint64_t major, std::uint64_t minor, std::uint64_t patch) {
  return {.major = major, .minor = minor, .patch = patch, .prerelease = {"0"}};
}

}  // namespace

struct VersionRange::Partial {
  std::optional<std::uint64_t> major = {};  ///< Nothing: any; then so are the ones below.
  std::optional<std::uint64_t> minor = {};
  std::optional<std::uint64_t> patch = {};
  std::vector<std::string> prerelease = {};  ///< Only with all three numbers.
  bool number_after_any = false;             ///< "x.2": npm takes it after ^ and ~ only.
  std::string_view prefix = {};              ///< Any of "v" and "=" in front of it.

  /// Whether npm takes it as a bound as it stands: whole versions have a "v" at most.
  [[nodiscard]] bool is_bound() const {
    return !patch.has_value() || prefix.empty() || prefix == "v";
  }

  [[nodiscard]] SemanticVersion lowest() const {
    return {.major = major.value_or(0),
            .minor = minor.value_or(0),
            .patch = patch.value_or(0),
            .prerelease = prerelease};
  }

  [[nodiscard]] SemanticVersion next_major() const { return first_of(*major + 1, 0, 0); }

  [[nodiscard]] SemanticVersion next_minor() const {
    return first_of(*major, minor.value_or(0) + 1, 0);
  }
};

std::optional<VersionRange> VersionRange::parse(std::string_view text) {
  if (text.size() > kLongest) {
    return std::nullopt;
  }
  VersionRange range;
  while (true) {
    const std::size_t end = text.find(kOr);
    auto alternative = read_alternative(text.substr(0, end));
    if (!alternative.has_value()) {
      return std::nullopt;
    }
    range.alternatives_.push_back(std::move(*alternative));
    if (end == std::string_view::npos) {
      return range;
    }
    text.remove_prefix(end + kOr.size());
  }
}

bool VersionRange::contains(const SemanticVersion& version) const {
  const auto names_prerelease_of = [&](const Comparator& comparator) {
    const SemanticVersion& named = comparator.version;
    return !named.prerelease.empty() && named.major == version.major &&
           named.minor == version.minor && named.patch == version.patch;
  };
  return std::any_of(alternatives_.begin(), alternatives_.end(), [&](const Comparators& all) {
    return std::all_of(all.begin(),
                       all.end(),
                       [&](const Comparator& one) { return one.accepts(version); }) &&
           (version.prerelease.empty() || std::any_of(all.begin(), all.end(), names_prerelease_of));
  });
}

bool VersionRange::Comparator::accepts(const SemanticVersion& other) const {
  const auto order = other <=> version;
  switch (relation) {
    case Relation::Less:
      return order < 0;
    case Relation::AtMost:
      return order <= 0;
    case Relation::Equal:
      return order == 0;
    case Relation::AtLeast:
      return order >= 0;
    case Relation::Greater:
      break;
  }
  return order > 0;
}

/// "[v=]*" and up to three numbers, the third perhaps with a prerelease and metadata.
std::optional<VersionRange::Partial> VersionRange::read_partial(std::string_view& text) {
  const std::size_t begin = std::min(text.find_first_not_of("v="), text.size());
  Partial partial{.prefix = text.substr(0, begin)};
  text.remove_prefix(begin);
  bool any = false;
  std::size_t count = 0;
  for (auto* number : {&partial.major, &partial.minor, &partial.patch}) {
    const std::string_view word = take_until(text, ".-+ \t\n\r\f\v");
    const auto value = parse_version_number(word);
    if (!value.has_value() && word != "x" && word != "X" && word != "*") {
      return std::nullopt;
    }
    partial.number_after_any = partial.number_after_any || (any && value.has_value());
    any = any || !value.has_value();
    if (!any) {
      *number = value;
    }
    if (++count == 3 || !text.starts_with('.')) {
      break;
    }
    text.remove_prefix(1);
  }
  if (count == 3 && text.starts_with('-')) {
    text.remove_prefix(1);
    auto prerelease = parse_prerelease(take_until(text, "+ \t\n\r\f\v"));
    if (!prerelease.has_value()) {
      return std::nullopt;
    }
    if (!any) {
      partial.prerelease = std::move(*prerelease);
    }
  }
  if (count == 3 && text.starts_with('+')) {
    text.remove_prefix(1);
    if (!is_build_metadata(take_until(text, kBlanks))) {
      return std::nullopt;
    }
  }
  const bool at_end = text.empty() || kBlanks.find(text.front()) != std::string_view::npos;
  return at_end ? std::optional(partial) : std::nullopt;
}

std::optional<VersionRange::Comparators> VersionRange::read_alternative(std::string_view text) {
  if (auto hyphen = read_hyphen(text)) {
    return hyphen;
  }
  Comparators comparators;
  skip_blanks(text);
  while (!text.empty()) {
    std::string relation(take_operator(text));
    skip_blanks(text);
    if ((relation == "<" || relation == ">") && text.starts_with('=')) {  // npm joins "> =1"
      relation += '=';
      text.remove_prefix(1);
    }
    const std::optional<Partial> partial = read_partial(text);
    if (!partial.has_value()) {
      return std::nullopt;
    }
    if (relation == "^") {
      add_caret(comparators, *partial);
    } else if (relation.starts_with('~')) {
      add_tilde(comparators, *partial);
    } else if (partial->number_after_any || !partial->is_bound()) {
      return std::nullopt;
    } else {
      add_relation(comparators, relation, *partial);
    }
    skip_blanks(text);
  }
  return comparators;
}

/// "1.2 - 1.4": both ends are in it, and a shortened upper end with all that begins so.
std::optional<VersionRange::Comparators> VersionRange::read_hyphen(std::string_view text) {
  skip_blanks(text);
  const std::optional<Partial> from = read_partial(text);
  if (!from.has_value()) {
    return std::nullopt;
  }
  skip_blanks(text);
  if (!text.starts_with('-') || text.size() < 2 ||
      kBlanks.find(text[1]) == std::string_view::npos) {
    return std::nullopt;
  }
  text.remove_prefix(1);
  skip_blanks(text);
  const std::optional<Partial> to = read_partial(text);
  skip_blanks(text);
  if (!to.has_value() || !text.empty() || !from->is_bound() ||
      (!to->is_bound() && to->prerelease.empty())) {
    return std::nullopt;
  }
  Comparators comparators;
  if (from->major.has_value()) {
    comparators.push_back({.relation = Relation::AtLeast, .version = from->lowest()});
  }
  if (to->patch.has_value()) {
    comparators.push_back({.relation = Relation::AtMost, .version = to->lowest()});
  } else if (to->major.has_value()) {
    comparators.push_back({.relation = Relation::Less,
                           .version = to->minor.has_value() ? to->next_minor() : to->next_major()});
  }
  return comparators;
}

/// "^1.2.3": nothing that changes the first number that is not zero.
void VersionRange::add_caret(Comparators& to, const Partial& partial) {
  if (!partial.major.has_value()) {
    return;
  }
  if (*partial.major > 0 || !partial.minor.has_value()) {
    add_between(to, partial.lowest(), partial.next_major());
  } else if (*partial.minor > 0 || !partial.patch.has_value()) {
    add_between(to, partial.lowest(), partial.next_minor());
  } else {
    add_between(to, partial.lowest(), first_of(0, 0, *partial.patch + 1));
  }
}

/// "~1.2.3": other patches only; "~1": other minors too.
void VersionRange::add_tilde(Comparators& to, const Partial& partial) {
  if (partial.major.has_value()) {
    add_between(to,
                partial.lowest(),
                partial.minor.has_value() ? partial.next_minor() : partial.next_major());
  }
}

void VersionRange::add_relation(Comparators& to,
                                std::string_view relation,
                                const Partial& partial) {
  if (!partial.major.has_value()) {
    if (relation == "<" || relation == ">") {  // below or above everything: nothing
      to.push_back({.relation = Relation::Less, .version = first_of(0, 0, 0)});
    }
    return;
  }
  const bool whole = partial.patch.has_value();
  const SemanticVersion lowest = partial.lowest();
  const SemanticVersion next = whole                       ? SemanticVersion{}
                               : partial.minor.has_value() ? partial.next_minor()
                                                           : partial.next_major();
  if (relation == ">=") {
    to.push_back({.relation = Relation::AtLeast, .version = lowest});
  } else if (relation == ">") {
    to.push_back(whole ? Comparator{.relation = Relation::Greater, .version = lowest}
                       : Comparator{.relation = Relation::AtLeast,
                                    .version = release(next.major, next.minor, next.patch)});
  } else if (relation == "<") {
    to.push_back({.relation = Relation::Less,
                  .version = whole ? lowest : first_of(lowest.major, lowest.minor, lowest.patch)});
  } else if (relation == "<=") {
    to.push_back(whole ? Comparator{.relation = Relation::AtMost, .version = lowest}
                       : Comparator{.relation = Relation::Less, .version = next});
  } else if (whole) {
    to.push_back({.relation = Relation::Equal, .version = lowest});
  } else {
    add_between(to, lowest, next);
  }
}

void VersionRange::add_between(Comparators& to, SemanticVersion from, SemanticVersion below) {
  to.push_back({.relation = Relation::AtLeast, .version = std::move(from)});
  to.push_back({.relation = Relation::Less, .version = std::move(below)});
}

}  // namespace medusa
