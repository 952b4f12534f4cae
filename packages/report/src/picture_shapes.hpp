// SPDX-License-Identifier: MIT
// The picture's shapes as SVG elements. Colours and strokes are page/picture.css's.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "picture_layout.hpp"

namespace medusa {

/// The migration's sign: its form says the state, so that colour need not.
[[nodiscard]] std::string node_sign(const PictureNode& node, double x, double y, bool in_conflict);

/// The line from one source of a track to its end, over all rows, as a path's data.
[[nodiscard]] std::string track_path(const MigrationPicture& picture,
                                     const PictureLayout& layout,
                                     const Track& track,
                                     std::size_t from);

/// One row of the picture, with the parts of all lines that cross it: rows can be put under each
/// other, on pages, or left out.
[[nodiscard]] std::string row_shapes(const MigrationPicture& picture,
                                     const PictureLayout& layout,
                                     std::size_t row,
                                     bool in_conflict);

/// The lanes' names, slanted, above their lanes; `height` high.
[[nodiscard]] std::string lane_names(const MigrationPicture& picture,
                                     const PictureLayout& layout,
                                     double height);

/// How high the longest of those names reaches.
[[nodiscard]] double lane_names_height(const MigrationPicture& picture);

/// Which migrations are in a conflict.
[[nodiscard]] std::vector<bool> conflicting(const MigrationPicture& picture);

}  // namespace medusa
