// SPDX-License-Identifier: MIT
// The page: page/*.html filled in. No style attributes, no inline handlers: the policy in its head
// allows the one style sheet and the one script, by their checksums, and nothing else.
#include <algorithm>
#include <chrono>
#include <limits>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "medusa/core/checksum.hpp"
#include "medusa/core/version.hpp"
#include "medusa/plan/state.hpp"

#include "markup.hpp"
#include "page_text.hpp"
#include "picture_layout.hpp"
#include "picture_panel.hpp"
#include "picture_shapes.hpp"
#include "picture_text.hpp"

namespace medusa {

namespace {

constexpr std::size_t kYearDigits = 4;

/// In units of the page's font size: what is printed smaller shrinks as a whole.
std::string drawing(double width, double height, const std::string& shapes) {
  constexpr double kPixels = 16;
  return fmt::format(
      "<svg width=\"{}rem\" height=\"{}rem\" viewBox=\"0 0 {} {}\" aria-hidden=\"true\">{}</svg>",
      number(width / kPixels),
      number(height / kPixels),
      number(width),
      number(height),
      shapes);
}

/// Linear time over the width of the overview.
class TimeScale {
 public:
  explicit TimeScale(const MigrationPicture& picture) {
    for (const PictureNode& node : picture.nodes) {
      if (is_date(node)) {
        first_ = std::min(first_, node.timestamp);
        last_ = std::max(last_, node.timestamp);
      }
    }
  }

  /// Names without a time in them have a number that is none, and no place.
  static bool is_date(const PictureNode& node) {
    return date_text(node.timestamp).find('-', 1) != std::string::npos && node.timestamp > 0;
  }

  /// In percent of the width, with a margin for the signs.
  [[nodiscard]] double place(std::int64_t timestamp) const {
    constexpr double kMargin = 2;
    constexpr double kMiddle = 50;
    return last_ <= first_
               ? kMiddle
               : kMargin + (100 - 2 * kMargin) * static_cast<double>(timestamp - first_) /
                               static_cast<double>(last_ - first_);
  }

  /// The beginnings of years within the scale.
  [[nodiscard]] std::vector<std::pair<int, double>> years() const {
    using namespace std::chrono;
    std::vector<std::pair<int, double>> result;
    for (int year = first_ > last_ ? 1 : year_of(first_) + 1;
         last_ >= first_ && year <= year_of(last_);
         ++year) {
      const sys_days day = std::chrono::year(year) / January / 1;
      result.emplace_back(year, place(duration_cast<milliseconds>(day.time_since_epoch()).count()));
    }
    return result;
  }

 private:
  static int year_of(std::int64_t timestamp) {
    return std::stoi(date_text(timestamp).substr(0, kYearDigits));
  }

  std::int64_t first_ = std::numeric_limits<std::int64_t>::max();
  std::int64_t last_ = 0;
};

std::string year_lines(const TimeScale& scale) {
  std::string lines;
  for (const auto& [year, place] : scale.years()) {
    lines += fmt::format("<line class=\"year-line\" x1=\"{0}%\" x2=\"{0}%\" y1=\"0\" y2=\"100%\"/>",
                         number(place));
  }
  return lines;
}

std::string year_names(const TimeScale& scale) {
  std::string names;
  for (const auto& [year, place] : scale.years()) {
    names += fmt::format("<text x=\"{}%\" dx=\"5\" y=\"66%\">{}</text>", number(place), year);
  }
  return year_lines(scale) + names;
}

std::string strip_of(const MigrationPicture& picture,
                     const TimeScale& scale,
                     const std::vector<bool>& in_conflict,
                     std::size_t lane) {
  std::string dots;
  for (std::size_t i = 0; i < picture.nodes.size(); ++i) {
    const PictureNode& node = picture.nodes[i];
    if (node.lane == lane && TimeScale::is_date(node)) {
      dots += fmt::format(
          "<circle class=\"{}{}{}\" cx=\"{}%\" cy=\"50%\" r=\"{}\"><title>{}</title></circle>",
          to_string(node.state),
          is_pending(node.state) ? " next" : "",
          in_conflict[i] ? " bad" : "",
          number(scale.place(node.timestamp)),
          is_pending(node.state) ? "4" : "3",
          escaped(node.name));
    }
  }
  return "<svg aria-hidden=\"true\">" + year_lines(scale) + dots + "</svg>";
}

std::string members_html(const MigrationPicture& picture,
                         const TimeScale& scale,
                         const std::vector<bool>& in_conflict) {
  std::vector<std::size_t> counts(picture.lanes.size(), 0);
  for (const PictureNode& node : picture.nodes) {
    ++counts[node.lane];
  }
  std::string items;
  for (std::size_t lane = 0; lane < picture.lanes.size(); ++lane) {
    const std::string name = escaped(lane_text(picture.lanes[lane]));
    items += fmt::format(
        "<li><label title=\"{}\"><input class=\"needs-js\" type=\"checkbox\" checked "
        "data-lane=\"{}\">"
        "<span>{}</span><span class=\"count\">{}</span></label>{}</li>\n",
        name,
        lane,
        name,
        counts[lane],
        strip_of(picture, scale, in_conflict, lane));
  }
  return items;
}

std::string conflicts_html(const MigrationPicture& picture) {
  if (picture.conflicts.empty()) {
    return "";
  }
  std::string items;
  for (const PictureConflict& conflict : picture.conflicts) {
    const auto link = [&](std::size_t index) {
      return fmt::format("<a href=\"#m{}\">{}</a>", index + 1, escaped(picture.nodes[index].name));
    };
    items += fmt::format("<li>{}: {} and {}</li>\n",
                         escaped(conflict.text),
                         link(conflict.first),
                         link(conflict.second));
  }
  return "<section class=\"conflicts\"><h2>Conflicts</h2>\n<ul>" + items + "</ul></section>";
}

/// The summary, with a way down to what the next run begins with.
std::string summary_html(const MigrationPicture& picture) {
  const std::string text = escaped(summary_text(picture));
  for (std::size_t i = 0; i < picture.nodes.size(); ++i) {
    if (picture.nodes[i].position == 1) {
      return text +
             fmt::format(" \u2013 <a href=\"#r{}\">what the next run begins with</a>", i + 1);
    }
  }
  return text;
}

bool has_track(const PictureLayout& layout, TrackKind kind) {
  return std::any_of(layout.tracks.begin(), layout.tracks.end(), [&](const Track& track) {
    return track.kind == kind;
  });
}

/// Only the signs that the picture has.
std::string legend_html(const MigrationPicture& picture, const PictureLayout& layout) {
  constexpr std::string_view kItem =
      "<li><svg viewBox=\"0 0 28 28\" aria-hidden=\"true\">{}</svg>{}</li>\n";
  const auto line = [&](std::string_view look, std::string_view words) {
    return fmt::format(kItem, fmt::format("<path class=\"{}\" d=\"M2 14H26\"/>", look), words);
  };
  std::string items;
  const auto add_state = [&](MigrationState state, std::string_view words) {
    const bool is_there = std::any_of(picture.nodes.begin(),
                                      picture.nodes.end(),
                                      [&](const PictureNode& node) { return node.state == state; });
    if (is_there) {
      PictureNode sign{.state = state};
      if (is_pending(state)) {
        sign.position = 1;
      }
      items += fmt::format(kItem, node_sign(sign, 14, 14, false), words);
    }
  };
  add_state(MigrationState::Applied, "applied");
  add_state(MigrationState::Changed, "applied, and changed since");
  add_state(MigrationState::Pending, "pending, with its place in the next run");
  add_state(MigrationState::Late, "late: pending, older than what is applied");
  add_state(MigrationState::Failed, "failed: begun outside a transaction, and not at its end");
  add_state(MigrationState::Missing, "applied, but in no member");
  add_state(MigrationState::Disabled, "disabled by its feature flag");
  items += line("lane", "a member, oldest above");
  if (has_track(layout, TrackKind::Declared)) {
    items += line("track declared", "the upper one first, as declared");
  }
  if (has_track(layout, TrackKind::Inferred)) {
    items += line("track inferred", "the lower one needs the upper one");
  }
  if (!picture.conflicts.empty()) {
    items += line("track conflict", "in conflict");
  }
  return items;
}

std::string chips_of(const PictureNode& node, bool in_conflict) {
  const std::string_view state = to_string(node.state);
  std::string chips = fmt::format("<span class=\"chip {}\">{}</span>", state, state_text(node));
  if (!node.dynamic_reason.empty()) {
    chips += fmt::format(" <span class=\"chip\" title=\"{}\">dynamic</span>",
                         escaped(node.dynamic_reason));
  }
  return chips + (in_conflict ? " <span class=\"chip conflict\">conflict</span>" : "");
}

std::string classes_of(const PictureNode& node, bool in_conflict, bool is_new_year) {
  return std::string(to_string(node.state)) + (is_pending(node.state) ? " next" : "") +
         (node.dynamic_reason.empty() ? "" : " dynamic") + (in_conflict ? " conflict" : "") +
         (is_new_year ? " new-year" : "");
}

std::string date_html(const std::string& date) {
  return date.size() > kYearDigits
             ? "<b>" + date.substr(0, kYearDigits) + "</b>" + date.substr(kYearDigits)
             : date;
}

std::string rows_html(const MigrationPicture& picture,
                      const PictureLayout& layout,
                      const std::vector<bool>& in_conflict) {
  std::string rows;
  std::string year;
  for (std::size_t i = 0; i < picture.nodes.size(); ++i) {
    const PictureNode& node = picture.nodes[i];
    const std::string date = date_text(node.timestamp);
    const bool is_new_year = date.substr(0, kYearDigits) != year;
    year = date.substr(0, kYearDigits);
    const std::size_t stem = stem_size(node);
    rows += filled(kRowHtml,
                   {{"number", std::to_string(i + 1)},
                    {"classes", classes_of(node, in_conflict[i], is_new_year)},
                    {"lane", std::to_string(node.lane)},
                    {"drawing",
                     drawing(layout.width,
                             PictureLayout::kRowHeight,
                             row_shapes(picture, layout, i, in_conflict[i]))},
                    {"date", date_html(date)},
                    {"stem", escaped(node.name.substr(0, stem))},
                    {"stamp", escaped(node.name.substr(stem))},
                    {"member", escaped(lane_text(picture.lanes[node.lane]))},
                    {"chips", chips_of(node, in_conflict[i])},
                    {"why", escaped(node.why_here)}});
  }
  return rows;
}

std::string panels_html(const MigrationPicture& picture) {
  const PicturePanels panels(picture);
  std::string html;
  for (std::size_t i = 0; i < picture.nodes.size(); ++i) {
    html += panels.html(i);
  }
  return html;
}

}  // namespace

std::string picture_html(const MigrationPicture& picture) {
  const PictureLayout layout = lay_out(picture);
  const std::vector<bool> in_conflict = conflicting(picture);
  const TimeScale scale(picture);
  const double names_height = lane_names_height(picture);
  const std::string style = std::string(kPictureCss) + std::string(kPageCss);
  return filled(
      kPageHtml,
      {{"style-hash", "sha256-" + sha256_base64(style)},
       {"script-hash", "sha256-" + sha256_base64(kPageJs)},
       {"version", std::string(version())},
       {"title", escaped(picture.title)},
       {"summary", summary_html(picture)},
       {"database", picture.database.empty() ? "" : "Database: " + escaped(picture.database)},
       {"style", style},
       {"conflicts", conflicts_html(picture)},
       {"years", year_names(scale)},
       {"members", members_html(picture, scale, in_conflict)},
       {"legend", legend_html(picture, layout)},
       {"lane-names",
        drawing(layout.width, names_height, lane_names(picture, layout, names_height))},
       {"rows", rows_html(picture, layout, in_conflict)},
       {"panels", panels_html(picture)},
       {"script", std::string(kPageJs)}});
}

}  // namespace medusa
