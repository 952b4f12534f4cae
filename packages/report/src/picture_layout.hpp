// SPDX-License-Identifier: MIT
// Where everything of a picture stands: a row for each migration, in order from top to bottom, and
// a vertical lane for each member. What stands before what is drawn as tracks: a track runs down
// beside the lane of the migration it leads to, and takes in each migration that stands before that
// one.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "medusa/report/migration_picture.hpp"

namespace medusa {

/// What a track says. The names are CSS classes.
enum class TrackKind { Declared, Inferred, Conflict };

[[nodiscard]] std::string_view to_string(TrackKind kind);

/// Connections of one kind that end at the same migration.
struct Track {
  TrackKind kind = TrackKind::Inferred;
  std::size_t to = 0;                  ///< Row.
  std::vector<std::size_t> from = {};  ///< Rows above it, ascending; never empty.
  double x = 0;
};

struct LanePlace {
  double x = 0;
  std::size_t first = 0;  ///< Rows of its first and last migration.
  std::size_t last = 0;
};

/// Lengths are in pixels of an unscaled page.
struct PictureLayout {
  static constexpr double kRowHeight = 28;

  std::vector<LanePlace> lanes = {};
  std::vector<Track> tracks = {};  ///< By `to`.
  double width = 0;
};

/// Lays the picture out. An edge that others imply (from an earlier migration of the same member,
/// or to a later one) is not drawn; lanes are edges of their own.
[[nodiscard]] PictureLayout lay_out(const MigrationPicture& picture);

}  // namespace medusa
