// SPDX-License-Identifier: MIT
#include "picture_layout.hpp"

#include <algorithm>

#include <catch2/catch.hpp>

#include "made_picture.hpp"

namespace medusa {

namespace {

/// Two members: a has rows 0, 1, 3; b has rows 2, 4.
MigrationPicture two_members() {
  MigrationPicture picture{.lanes = {{.name = "a"}, {.name = "b"}}};
  for (const std::size_t lane : {0U, 0U, 1U, 0U, 1U}) {
    picture.nodes.push_back({.lane = lane});
  }
  return picture;
}

PictureEdge edge(std::size_t from,
                 std::size_t to,
                 PictureEdgeKind kind = PictureEdgeKind::Inferred) {
  return {.from = from, .to = to, .kind = kind};
}

bool overlap(const Track& a, const Track& b) {
  return a.from.front() <= b.to && b.from.front() <= a.to;
}

/// Whether some drawn track says at least what the edge says.
bool is_told(const MigrationPicture& picture,
             const PictureLayout& layout,
             const PictureEdge& edge) {
  const auto lane = [&](std::size_t row) { return picture.nodes[row].lane; };
  return std::any_of(layout.tracks.begin(), layout.tracks.end(), [&](const Track& track) {
    return track.kind != TrackKind::Conflict && track.to <= edge.to &&
           lane(track.to) == lane(edge.to) &&
           std::any_of(track.from.begin(), track.from.end(), [&](std::size_t from) {
             return from >= edge.from && lane(from) == lane(edge.from);
           });
  });
}

}  // namespace

TEST_CASE("a lane reaches from its first to its last migration", "[report]") {
  const PictureLayout layout = lay_out(two_members());
  REQUIRE(layout.lanes.size() == 2);
  CHECK(layout.lanes[0].first == 0);
  CHECK(layout.lanes[0].last == 3);
  CHECK(layout.lanes[1].first == 2);
  CHECK(layout.lanes[1].last == 4);
  CHECK(layout.lanes[0].x < layout.lanes[1].x);
  CHECK(layout.lanes[1].x < layout.width);
}

TEST_CASE("what leads to the first migration of a lane takes the lane itself", "[report]") {
  MigrationPicture picture = two_members();
  picture.edges = {edge(1, 2)};
  const PictureLayout layout = lay_out(picture);
  REQUIRE(layout.tracks.size() == 1);
  CHECK(layout.tracks[0].from == std::vector<std::size_t>{1});
  CHECK(layout.tracks[0].to == 2);
  CHECK(layout.tracks[0].x == layout.lanes[1].x);
}

TEST_CASE("an edge that others imply is not drawn, a declared one always is", "[report]") {
  MigrationPicture picture = two_members();
  picture.edges = {edge(0, 2), edge(1, 2), edge(1, 4), edge(2, 4, PictureEdgeKind::SameMember)};
  PictureLayout layout = lay_out(picture);
  REQUIRE(layout.tracks.size() == 1);
  CHECK(layout.tracks[0].from == std::vector<std::size_t>{1});

  picture.edges.push_back(edge(0, 4, PictureEdgeKind::Declared));
  layout = lay_out(picture);
  REQUIRE(layout.tracks.size() == 2);
  CHECK(layout.tracks[1].kind == TrackKind::Declared);
  CHECK(layout.tracks[1].x < layout.lanes[1].x);
}

TEST_CASE("a conflict is drawn even inside one lane", "[report]") {
  MigrationPicture picture = two_members();
  picture.conflicts = {{.first = 2, .second = 4, .text = "both create a"}};
  const PictureLayout layout = lay_out(picture);
  REQUIRE(layout.tracks.size() == 1);
  CHECK(layout.tracks[0].kind == TrackKind::Conflict);
  CHECK(layout.tracks[0].x < layout.lanes[1].x);
}

TEST_CASE("tracks of a big picture do not run over each other and leave nothing out", "[report]") {
  const MigrationPicture picture =
      made_picture({.members = 12, .migrations = 300, .pending = 40, .conflicts = 3});
  const PictureLayout layout = lay_out(picture);
  REQUIRE(layout.tracks.size() > 30);
  for (std::size_t i = 0; i < layout.tracks.size(); ++i) {
    for (std::size_t j = i + 1; j < layout.tracks.size(); ++j) {
      const Track& a = layout.tracks[i];
      const Track& b = layout.tracks[j];
      CHECK_FALSE((a.x == b.x && overlap(a, b)));
    }
  }
  for (std::size_t lane = 1; lane < layout.lanes.size(); ++lane) {
    for (const Track& track : layout.tracks) {
      if (picture.nodes[track.to].lane == lane) {
        CHECK(track.x > layout.lanes[lane - 1].x + 3);
      }
    }
  }
  for (const PictureEdge& one : picture.edges) {
    CHECK((one.kind == PictureEdgeKind::SameMember || is_told(picture, layout, one)));
  }
}

}  // namespace medusa
