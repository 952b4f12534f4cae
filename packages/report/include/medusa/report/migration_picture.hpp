// SPDX-License-Identifier: MIT
// All migrations of a workspace as one picture: a lane for each member, and what stands before
// what.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "medusa/plan/state.hpp"

namespace medusa {

/// A member with its migrations.
struct PictureLane {
  std::string name = {};     ///< Of the member; empty: what is applied and in no member.
  std::string version = {};  ///< Of its package; may be empty.
};

/// One migration.
struct PictureNode {
  std::size_t lane = 0;
  std::string name = {};
  std::int64_t timestamp = 0;  ///< Milliseconds since 1970.
  MigrationState state = MigrationState::Pending;
  std::optional<std::size_t> position = {};  ///< In the next run, from 1.
  std::string why_here = {};                 ///< Why it stands where it stands.
  std::string source = {};                   ///< Relative to the workspace where it lies below it.
  std::string dynamic_reason = {};           ///< Why its SQL is not known; empty: it is.
  std::string sql = {};                      ///< What `up` sends, as people read it.
  std::vector<std::string> footprint = {};   ///< What `up` does, a line each.
  std::vector<std::string> notes = {};
};

/// Why one migration stands before another.
enum class PictureEdgeKind {
  SameMember,  ///< Earlier in the same member: the lane itself.
  Declared,    ///< Somebody wrote it down.
  Inferred,    ///< It needs what the other one makes.
};

/// "same-member", "declared" or "inferred"; stable.
[[nodiscard]] std::string_view to_string(PictureEdgeKind kind);

/// `from` stands before `to`. Both are indices of nodes, and `from` < `to`.
struct PictureEdge {
  std::size_t from = 0;
  std::size_t to = 0;
  PictureEdgeKind kind = PictureEdgeKind::Inferred;
  std::string reason = {};  ///< "needs table product"
};

/// Two migrations that do not go together. `first` < `second`.
struct PictureConflict {
  std::size_t first = 0;
  std::size_t second = 0;
  std::string text = {};
};

/// What every format draws. Nothing in it is trusted: names, SQL and reasons are shown, never
/// interpreted.
struct MigrationPicture {
  std::string title = {};               ///< The workspace's name.
  std::string database = {};            ///< Whose state is shown, for people, without a password.
  std::vector<PictureLane> lanes = {};  ///< In collection order; none without nodes.
  std::vector<PictureNode> nodes = {};  ///< In the order of all: edges lead forward only.
  std::vector<PictureEdge> edges = {};  ///< By `to`, then by `from`.
  std::vector<PictureConflict> conflicts = {};
};

/// A graph in Graphviz's language: a cluster for each member.
[[nodiscard]] std::string picture_dot(const MigrationPicture& picture);

/// A flow chart in Mermaid's language: a subgraph for each member.
[[nodiscard]] std::string picture_mermaid(const MigrationPicture& picture);

/// The whole picture as one static SVG.
[[nodiscard]] std::string picture_svg(const MigrationPicture& picture);

/// One page that needs nothing but itself: no other file, no network; to read without JavaScript,
/// to search and to explore with it.
[[nodiscard]] std::string picture_html(const MigrationPicture& picture);

/// The picture as data, one object on one line (README.md of this package).
[[nodiscard]] std::string picture_json(const MigrationPicture& picture);

}  // namespace medusa
