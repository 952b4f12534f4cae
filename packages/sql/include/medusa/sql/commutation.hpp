// SPDX-License-Identifier: MIT
// Whether two migrations may run in either order.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "medusa/sql/footprint.hpp"
#include "medusa/sql/known_objects.hpp"

namespace medusa {

/// Why two migrations may not be exchanged: the first pair of effects found that collide.
struct Collision {
  struct Place {
    std::size_t statement = 0;               ///< Index into the footprints given.
    std::optional<std::size_t> effect = {};  ///< Index into its effects; none: it is opaque.

    friend bool operator==(const Place&, const Place&) = default;
  };

  Place first = {};
  Place second = {};
  /// In words, a clause: "one reads the column t.x, the other drops the column t.x".
  std::string reason = {};
  std::string pattern = {};  ///< The same, with a control character for each of the two.
  /// It is not known what one of the two does: it is opaque, or runs a trigger.
  bool unknown = false;

  /// The reason, with these words for the first and the second migration.
  [[nodiscard]] std::string told(std::string_view one, std::string_view other) const;
};

/// Nothing if running `first` and then `second` leaves the same database as the other way round:
/// the same objects, definitions and rows, whatever the database is. The order of a table's columns
/// does not count, nor do failures that come only from sharing one transaction (a new enum value
/// that is used at once, deferred constraints that are still to be checked). What is opaque is
/// exchanged only with what does nothing.
///
/// What footprints do not show is found in `known`, to which both migrations belong: which foreign
/// keys, views, sequences and indexes there are or were, and which triggers. Where that does not
/// say everything, the worst is taken of all but triggers, rules and inheritance: of those it is
/// taken that there are none. Of event triggers and row security that is always taken.
[[nodiscard]] std::optional<Collision> collision(std::span<const StatementFootprint> first,
                                                 std::span<const StatementFootprint> second,
                                                 const KnownObjects& known = {});

}  // namespace medusa
