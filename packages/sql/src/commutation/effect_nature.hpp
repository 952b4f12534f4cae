// SPDX-License-Identifier: MIT
// What kind of thing an effect is, and how it is told.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include "medusa/sql/footprint.hpp"

namespace medusa {

/// It leaves everything as it is.
[[nodiscard]] bool only_looks(const Effect& effect);

[[nodiscard]] bool is(const Effect& effect, Action action, ObjectKind kind);

[[nodiscard]] bool changes_rows(const Effect& effect);

[[nodiscard]] bool reads_rows(const Effect& effect);

/// It creates one.
[[nodiscard]] bool is_foreign_key(const Effect& effect);

/// The name that it takes, if it takes one.
[[nodiscard]] const ObjectRef& new_name(const Effect& effect);

/// Stand for the migrations of the first and the second effect in what is said.
inline constexpr char kOfFirst = '\x01';
inline constexpr char kOfSecond = '\x02';

/// "\1 alters the column t.x, \2 reads the column t.x", or "both ...", and `why`.
[[nodiscard]] std::string said(const Effect& a, const Effect& b, std::string_view why);

/// Whether the predicate holds for its object, its new name, or what it depends on.
template <typename Predicate>
[[nodiscard]] bool touches(const Effect& effect, const Predicate& predicate) {
  if (predicate(effect.object) || (effect.renamed_to && predicate(*effect.renamed_to))) {
    return true;
  }
  return std::any_of(effect.depends_on.begin(),
                     effect.depends_on.end(),
                     [&](const Effect::Dependency& each) { return predicate(each.object); });
}

}  // namespace medusa
