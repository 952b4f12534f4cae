// SPDX-License-Identifier: MIT
#include "picture_layout.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

namespace medusa {

namespace {

constexpr double kMargin = 16;
constexpr double kLaneGap = 22;
constexpr double kTrackGap = 6;
constexpr double kFirstTrackGap = 12;
constexpr std::size_t kMostSlots = 8;  ///< Beside one lane; more share them.

/// By migration and lane, how far up that lane (as a row) is already known to stand before it:
/// edges from there and from above say nothing new.
class Known {
 public:
  explicit Known(const MigrationPicture& picture) : rows_(picture.lanes.size()) {}

  /// Whether the edge is news; remembers it.
  bool learn(std::size_t to_lane, std::size_t from_lane, std::size_t from) {
    const auto [entry, fresh] = rows_[to_lane].emplace(from_lane, from);
    if (!fresh && entry->second >= from) {
      return false;
    }
    entry->second = from;
    return true;
  }

 private:
  std::vector<std::map<std::size_t, std::size_t>> rows_;
};

using TrackKey = std::pair<std::size_t, TrackKind>;

/// The edges worth a line. Rows are visited from top to bottom and, within a row, sources from
/// bottom to top, so that what implies comes before what is implied.
std::map<TrackKey, Track> tracks_of_edges(const MigrationPicture& picture) {
  std::vector<const PictureEdge*> edges;
  for (const PictureEdge& edge : picture.edges) {
    if (edge.kind != PictureEdgeKind::SameMember) {
      edges.push_back(&edge);
    }
  }
  std::sort(edges.begin(), edges.end(), [](const PictureEdge* a, const PictureEdge* b) {
    return a->to != b->to ? a->to < b->to : a->from > b->from;
  });
  Known known(picture);
  std::map<TrackKey, Track> tracks;
  for (const PictureEdge* edge : edges) {
    const std::size_t from_lane = picture.nodes[edge->from].lane;
    const std::size_t to_lane = picture.nodes[edge->to].lane;
    const bool is_declared = edge->kind == PictureEdgeKind::Declared;
    const bool is_news = from_lane != to_lane && known.learn(to_lane, from_lane, edge->from);
    if (!is_news && !is_declared) {  // what somebody wrote down is always shown
      continue;
    }
    const TrackKind kind = is_declared ? TrackKind::Declared : TrackKind::Inferred;
    Track& track = tracks[{edge->to, kind}];
    track.kind = kind;
    track.to = edge->to;
    track.from.push_back(edge->from);
  }
  return tracks;
}

std::vector<Track> tracks_of(const MigrationPicture& picture) {
  std::map<TrackKey, Track> found = tracks_of_edges(picture);
  for (const PictureConflict& conflict : picture.conflicts) {
    Track& track = found[{conflict.second, TrackKind::Conflict}];
    track.kind = TrackKind::Conflict;
    track.to = conflict.second;
    track.from.push_back(conflict.first);
  }
  std::vector<Track> tracks;
  for (auto& [key, track] : found) {
    std::sort(track.from.begin(), track.from.end());
    track.from.erase(std::unique(track.from.begin(), track.from.end()), track.from.end());
    tracks.push_back(std::move(track));
  }
  return tracks;
}

/// Which of the parallel places beside a lane each track takes. The first migration of a lane has
/// the lane itself free above it: that place is absent.
std::vector<std::optional<std::size_t>> slots_of(const MigrationPicture& picture,
                                                 const PictureLayout& layout) {
  std::vector<std::vector<std::size_t>> busy_until(picture.lanes.size());
  std::vector<bool> lane_is_taken(picture.lanes.size(), false);
  std::vector<std::optional<std::size_t>> slots(layout.tracks.size());
  std::vector<std::size_t> by_start(layout.tracks.size());
  for (std::size_t i = 0; i < by_start.size(); ++i) {
    by_start[i] = i;
  }
  std::stable_sort(by_start.begin(), by_start.end(), [&](std::size_t a, std::size_t b) {
    return layout.tracks[a].from.front() < layout.tracks[b].from.front();
  });
  for (const std::size_t index : by_start) {
    const Track& track = layout.tracks[index];
    const std::size_t lane = picture.nodes[track.to].lane;
    if (layout.lanes[lane].first == track.to && !lane_is_taken[lane]) {
      lane_is_taken[lane] = true;
      continue;
    }
    std::vector<std::size_t>& busy = busy_until[lane];
    const auto free = std::find_if(
        busy.begin(), busy.end(), [&](std::size_t row) { return row < track.from.front(); });
    slots[index] = static_cast<std::size_t>(free - busy.begin());
    if (free == busy.end()) {
      busy.push_back(track.to);
    } else {
      *free = track.to;
    }
  }
  return slots;
}

void find_rows(const MigrationPicture& picture, PictureLayout& layout) {
  for (std::size_t row = picture.nodes.size(); row-- > 0;) {
    layout.lanes[picture.nodes[row].lane].first = row;
  }
  for (std::size_t row = 0; row < picture.nodes.size(); ++row) {
    layout.lanes[picture.nodes[row].lane].last = row;
  }
}

double slot_offset(std::size_t slot) {
  return kFirstTrackGap + kTrackGap * static_cast<double>(slot % kMostSlots);
}

}  // namespace

std::string_view to_string(TrackKind kind) {
  switch (kind) {
    case TrackKind::Declared:
      return "declared";
    case TrackKind::Inferred:
      return "inferred";
    case TrackKind::Conflict:
      break;
  }
  return "conflict";
}

PictureLayout lay_out(const MigrationPicture& picture) {
  PictureLayout layout{.lanes = std::vector<LanePlace>(picture.lanes.size()),
                       .tracks = tracks_of(picture)};
  find_rows(picture, layout);
  const auto slots = slots_of(picture, layout);
  std::vector<double> room(picture.lanes.size(), 0);
  for (std::size_t i = 0; i < slots.size(); ++i) {
    if (slots[i].has_value()) {
      double& needed = room[picture.nodes[layout.tracks[i].to].lane];
      needed = std::max(needed, slot_offset(*slots[i]) - kTrackGap);
    }
  }
  double x = kMargin;
  for (std::size_t lane = 0; lane < layout.lanes.size(); ++lane) {
    x += room[lane];
    layout.lanes[lane].x = x;
    x += kLaneGap;
  }
  layout.width = x - kLaneGap + kMargin;
  for (std::size_t i = 0; i < slots.size(); ++i) {
    const double lane = layout.lanes[picture.nodes[layout.tracks[i].to].lane].x;
    layout.tracks[i].x = slots[i].has_value() ? lane - slot_offset(*slots[i]) : lane;
  }
  return layout;
}

}  // namespace medusa
