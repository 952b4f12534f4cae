// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "medusa/report/migration_picture.hpp"

#include "display_width.hpp"
#include "markup.hpp"
#include "page_text.hpp"
#include "picture_layout.hpp"
#include "picture_shapes.hpp"
#include "picture_text.hpp"

namespace medusa {

namespace {

constexpr double kMargin = 20;
constexpr double kHeading = 56;
constexpr double kRowHeight = PictureLayout::kRowHeight;

/// A column of text right of the picture. There is nothing that could measure text here, so each is
/// cut to what surely fits.
struct TextColumn {
  std::string_view look = {};
  double width = 0;
  std::size_t characters = 0;
};

constexpr TextColumn kDate{"muted", 84, 10};
constexpr TextColumn kName{"name", 400, 52};
constexpr TextColumn kMember{"muted", 180, 24};
constexpr TextColumn kState{"state", 120, 18};
constexpr TextColumn kWhy{"muted", 330, 48};

constexpr std::string_view kTextStyle =
    "svg{background:var(--paper);font:13px system-ui,\"Noto Sans\",\"DejaVu Sans\",sans-serif}"
    "text{fill:var(--ink)}.muted{fill:var(--muted)}.title{font-size:20px;font-weight:650}"
    ".state.pending{fill:var(--pending)}.state.late{fill:var(--late)}"
    ".state.conflict,.state.missing,.state.changed{fill:var(--bad)}";

double y_of(std::size_t row) {
  return kRowHeight * static_cast<double>(row) + kRowHeight / 2;
}

std::string text_at(double x, double y, std::string_view look, const std::string& text) {
  return fmt::format(
      "<text class=\"{}\" x=\"{}\" y=\"{}\">{}</text>", look, number(x), number(y), escaped(text));
}

/// Puts one row's columns side by side.
class RowText {
 public:
  RowText(double x, std::size_t row) : x_(x), y_(y_of(row) + 4.5) {}

  void add(const TextColumn& column, const std::string& text, std::string_view more_look = {}) {
    const std::string look =
        std::string(column.look) + (more_look.empty() ? "" : " ") + std::string(more_look);
    html_ += text_at(x_, y_, look, shortened(printable(text), column.characters, "\u2026"));
    x_ += column.width;
  }

  [[nodiscard]] const std::string& html() const { return html_; }

 private:
  double x_;
  double y_;
  std::string html_;
};

std::string lanes_svg(const PictureLayout& layout) {
  std::string lines;
  for (const LanePlace& lane : layout.lanes) {
    lines += fmt::format("<path class=\"lane\" d=\"M{} {}V{}\"/>\n",
                         number(lane.x),
                         number(y_of(lane.first)),
                         number(y_of(lane.last)));
  }
  return lines;
}

std::string reason_of(const MigrationPicture& picture, const Track& track, std::size_t from) {
  for (const PictureConflict& conflict : picture.conflicts) {
    if (track.kind == TrackKind::Conflict && conflict.first == from &&
        conflict.second == track.to) {
      return conflict.text;
    }
  }
  for (const PictureEdge& edge : picture.edges) {
    if (edge.from == from && edge.to == track.to) {
      return edge.reason;
    }
  }
  return "";
}

std::string tracks_svg(const MigrationPicture& picture, const PictureLayout& layout) {
  std::string paths;
  for (const Track& track : layout.tracks) {
    for (const std::size_t from : track.from) {
      const std::string words =
          picture.nodes[from].name + ", then " + picture.nodes[track.to].name + " (" +
          std::string(to_string(track.kind)) + "): " + reason_of(picture, track, from);
      paths += fmt::format("<path class=\"track {}\" d=\"{}\"><title>{}</title></path>\n",
                           to_string(track.kind),
                           track_path(picture, layout, track, from),
                           escaped(words));
    }
  }
  return paths;
}

std::string rows_svg(const MigrationPicture& picture, const PictureLayout& layout) {
  const std::vector<bool> in_conflict = conflicting(picture);
  std::string rows;
  for (std::size_t i = 0; i < picture.nodes.size(); ++i) {
    const PictureNode& node = picture.nodes[i];
    RowText text(layout.width + kMargin, i);
    text.add(kDate, date_text(node.timestamp));
    text.add(kName, node.name);
    text.add(kMember, lane_text(picture.lanes[node.lane]));
    text.add(kState,
             state_text(node) + (in_conflict[i] ? ", conflict" : ""),
             in_conflict[i] ? "conflict" : to_string(node.state));
    text.add(kWhy, node.why_here);
    rows +=
        node_sign(node, layout.lanes[node.lane].x, y_of(i), in_conflict[i]) + text.html() + '\n';
  }
  return rows;
}

}  // namespace

std::string picture_svg(const MigrationPicture& picture) {
  const PictureLayout layout = lay_out(picture);
  const double names = lane_names_height(picture);
  const double width = layout.width + kMargin + kDate.width + kName.width + kMember.width +
                       kState.width + kWhy.width;
  const double height = kHeading + names + kRowHeight * static_cast<double>(picture.nodes.size());
  return fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" "
      "viewBox=\"{2} {2} {0} {1}\" role=\"img\">\n<title>{3}</title>\n<style>{4}{5}</style>\n"
      "{6}{7}<g transform=\"translate(0 {8})\">{9}</g>\n<g transform=\"translate(0 {10})\">\n"
      "{11}{12}{13}</g>\n</svg>\n",
      number(width + 2 * kMargin),
      number(height + 2 * kMargin),
      number(-kMargin),
      escaped("Migrations of " + picture.title + ": " + summary_text(picture)),
      kPictureCss,
      kTextStyle,
      text_at(0, 20, "title", "Migrations of " + picture.title),
      text_at(0, 42, "muted", summary_text(picture)),
      number(kHeading),
      lane_names(picture, layout, names),
      number(kHeading + names),
      lanes_svg(layout),
      tracks_svg(picture, layout),
      rows_svg(picture, layout));
}

}  // namespace medusa
