// SPDX-License-Identifier: MIT
#include "picture_shapes.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "display_width.hpp"
#include "markup.hpp"
#include "picture_text.hpp"

namespace medusa {

namespace {

constexpr double kHeight = PictureLayout::kRowHeight;
constexpr double kMiddle = kHeight / 2;
constexpr double kBend = 9;
constexpr double kOver = 1;  ///< Lines reach into the next row: its place may be rounded.
constexpr std::size_t kNameColumns = 26;  ///< Of a lane's name above it.

double x_of(const MigrationPicture& picture, const PictureLayout& layout, std::size_t row) {
  return layout.lanes[picture.nodes[row].lane].x;
}

double bend_of(double a, double b) {
  return std::min(kBend, std::abs(a - b));
}

/// From a migration sideways, then down its track.
std::string leaving(double x, double y, double track) {
  const double bend = bend_of(x, track);
  const double before = track > x ? track - bend : track + bend;
  return fmt::format("M{} {}H{}Q{} {} {} {}",
                     number(x),
                     number(y),
                     number(before),
                     number(track),
                     number(y),
                     number(track),
                     number(y + bend));
}

/// Down the track, then sideways to the migration.
std::string arriving(double x, double y, double track) {
  const double bend = bend_of(x, track);
  const double after = x > track ? track + bend : track - bend;
  return fmt::format("V{}Q{} {} {} {}H{}",
                     number(y - bend),
                     number(track),
                     number(y),
                     number(after),
                     number(y),
                     number(x));
}

std::string position_text(const PictureNode& node, double x, double y) {
  if (!node.position.has_value()) {
    return "";
  }
  const std::string digits = std::to_string(*node.position);
  return fmt::format("<text class=\"digits{}\" x=\"{}\" y=\"{}\">{}</text>",
                     digits.size(),
                     number(x),
                     number(y + 3),
                     digits);
}

std::string circle(double x, double y, double radius) {
  return fmt::format(
      "<circle cx=\"{}\" cy=\"{}\" r=\"{}\"/>", number(x), number(y), number(radius));
}

std::string diamond(double x, double y, double reach) {
  return fmt::format("<path d=\"M{} {}l{} {}l{} {}l{} {}Z\"/>",
                     number(x),
                     number(y - reach),
                     number(reach),
                     number(reach),
                     number(-reach),
                     number(reach),
                     number(-reach),
                     number(-reach));
}

std::string square(double x, double y, double reach) {
  return fmt::format("<path d=\"M{} {}h{}v{}h{}Z\"/>",
                     number(x - reach),
                     number(y - reach),
                     number(2 * reach),
                     number(2 * reach),
                     number(-2 * reach));
}

/// Beside the upper right of a sign that reaches `reach` far.
std::string warning_sign(double centre, double middle, double reach) {
  const double x = centre + reach;
  const double y = middle - reach;
  return fmt::format(
      "<path class=\"warning\" d=\"M{} {}l5.5 10h-11Z\"/><path class=\"warning-mark\" d=\"M{} "
      "{}v3.2m0 "
      "1.2v1.2\"/>",
      number(x),
      number(y - 5),
      number(x),
      number(y - 1.5));
}

std::string form_of(const PictureNode& node, double x, double y) {
  switch (node.state) {
    case MigrationState::Pending:
      return circle(x, y, 9) + position_text(node, x, y);
    case MigrationState::Late:
      return diamond(x, y, 11) + position_text(node, x, y);
    case MigrationState::Failed:
      return square(x, y, 9) + position_text(node, x, y);
    case MigrationState::Changed:
      return square(x, y, 5.5);
    case MigrationState::Missing:
      return circle(x, y, 5);
    case MigrationState::Disabled:
      return circle(x, y, 5) +
             fmt::format("<path d=\"M{} {}l8 -8\"/>", number(x - 4), number(y + 4));
    default:
      return circle(x, y, 4.5);
  }
}

/// The lanes that cross the row, all in one path: they look alike.
std::string lane_lines(const PictureLayout& layout, std::size_t row) {
  std::string path;
  for (const LanePlace& lane : layout.lanes) {
    if (row < lane.first || row > lane.last || lane.first == lane.last) {
      continue;
    }
    const double begin = row == lane.first ? kMiddle : -kOver;
    const double end = row == lane.last ? kMiddle : kHeight + kOver;
    path += fmt::format("M{} {}V{}", number(lane.x), number(begin), number(end));
  }
  return path.empty() ? "" : "<path class=\"lane\" d=\"" + path + "\"/>";
}

/// The part of a track inside one row.
std::string track_part(const MigrationPicture& picture,
                       const PictureLayout& layout,
                       const Track& track,
                       std::size_t row) {
  const double x = x_of(picture, layout, row);
  if (row == track.to) {
    return fmt::format("M{} {}", number(track.x), number(-kOver)) + arriving(x, kMiddle, track.x);
  }
  std::string path;
  if (row > track.from.front()) {
    path = fmt::format("M{} {}V{}", number(track.x), number(-kOver), number(kHeight + kOver));
  }
  if (std::binary_search(track.from.begin(), track.from.end(), row)) {
    path += leaving(x, kMiddle, track.x) + 'V' + number(kHeight + kOver);
  }
  return path;
}

}  // namespace

std::string node_sign(const PictureNode& node, double x, double y, bool in_conflict) {
  std::string sign = "<g class=\"node " + std::string(to_string(node.state)) + "\">";
  sign += form_of(node, x, y);
  if (in_conflict) {
    sign += warning_sign(x, y, is_pending(node.state) ? 9 : 6);
  }
  return sign + "</g>";
}

std::string track_path(const MigrationPicture& picture,
                       const PictureLayout& layout,
                       const Track& track,
                       std::size_t from) {
  const auto y_of = [](std::size_t row) { return kHeight * static_cast<double>(row) + kMiddle; };
  return leaving(x_of(picture, layout, from), y_of(from), track.x) +
         arriving(x_of(picture, layout, track.to), y_of(track.to), track.x);
}

std::string row_shapes(const MigrationPicture& picture,
                       const PictureLayout& layout,
                       std::size_t row,
                       bool in_conflict) {
  std::string shapes = lane_lines(layout, row);
  for (const Track& track : layout.tracks) {
    if (row < track.from.front() || row > track.to) {
      continue;
    }
    shapes += fmt::format("<path class=\"track {}\" data-to=\"{}\" d=\"{}\"/>",
                          to_string(track.kind),
                          track.to + 1,
                          track_part(picture, layout, track, row));
  }
  return shapes + node_sign(picture.nodes[row], x_of(picture, layout, row), kMiddle, in_conflict);
}

std::string lane_names(const MigrationPicture& picture,
                       const PictureLayout& layout,
                       double height) {
  std::string names;
  for (std::size_t lane = 0; lane < picture.lanes.size(); ++lane) {
    const std::string name = lane_text(picture.lanes[lane]);
    const std::string x = number(layout.lanes[lane].x);
    // Along a path, not turned: Chromium leaves turned text out where a table's head is repeated.
    names += fmt::format(
        "<path id=\"lane{0}\" class=\"guide\" d=\"M{1} {2}l170 -170\"/>"
        "<text class=\"lane-name\"><textPath "
        "href=\"#lane{0}\">{3}</textPath><title>{4}</title></text>"
        "<path class=\"lane-foot\" d=\"M{1} {5}v6\"/>",
        lane,
        x,
        number(height - 10),
        escaped(shortened(printable(name), kNameColumns, "\u2026")),
        escaped(name),
        number(height - 6));
  }
  return names;
}

double lane_names_height(const MigrationPicture& picture) {
  std::size_t columns = 0;
  for (const PictureLane& lane : picture.lanes) {
    columns = std::max(columns, std::min(display_width(lane_text(lane)), kNameColumns));
  }
  constexpr double kColumnRise = 5;  // a character is 7 wide, at 45 degrees
  return 26 + kColumnRise * static_cast<double>(columns);
}

std::vector<bool> conflicting(const MigrationPicture& picture) {
  std::vector<bool> result(picture.nodes.size(), false);
  for (const PictureConflict& conflict : picture.conflicts) {
    result[conflict.first] = true;
    result[conflict.second] = true;
  }
  return result;
}

}  // namespace medusa
