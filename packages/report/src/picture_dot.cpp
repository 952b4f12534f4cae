// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "medusa/report/migration_picture.hpp"

#include "display_width.hpp"
#include "picture_text.hpp"

namespace medusa {

namespace {

/// A quoted string. In labels Graphviz expands \N and the like, so a backslash is doubled.
std::string quoted(std::string_view text) {
  std::string result = "\"";
  for (const char c : printable(text)) {
    if (c == '"' || c == '\\') {
      result += '\\';
    }
    result += c;
  }
  return result + '"';
}

std::string_view look_of(MigrationState state) {
  switch (state) {
    case MigrationState::Pending:
      return "style=\"rounded,bold\", color=\"#2457c5\"";
    case MigrationState::Late:
      return "style=\"rounded,bold\", color=\"#9a5b00\", peripheries=2";
    case MigrationState::Failed:
      return "style=\"rounded,bold\", color=\"#b42318\"";
    case MigrationState::Changed:
      return "style=\"rounded,filled\", fillcolor=\"#eef0f3\", color=\"#b42318\", peripheries=2";
    case MigrationState::Missing:
      return "style=\"rounded,dashed\"";
    case MigrationState::Disabled:
      return "style=\"rounded,dotted\", fontcolor=\"#667085\"";
    default:
      return "style=\"rounded,filled\", fillcolor=\"#eef0f3\"";
  }
}

std::string node_line(const PictureNode& node, std::size_t index) {
  // The line break is ours, and therefore not quoted again.
  std::string label = quoted(node.name);
  label.pop_back();
  label += "\\n" + quoted(date_text(node.timestamp) + ", " + state_text(node)).substr(1);
  return fmt::format("    n{} [label={}, {}]\n", index + 1, label, look_of(node.state));
}

std::string edge_line(const PictureEdge& edge) {
  std::string attributes;
  if (edge.kind != PictureEdgeKind::SameMember) {
    attributes = fmt::format(
        " [label={}, style={}, constraint=false]",
        quoted(std::string(to_string(edge.kind)) + (edge.reason.empty() ? "" : ": " + edge.reason)),
        edge.kind == PictureEdgeKind::Declared ? "bold" : "dashed");
  }
  return fmt::format("  n{} -> n{}{}\n", edge.from + 1, edge.to + 1, attributes);
}

}  // namespace

std::string picture_dot(const MigrationPicture& picture) {
  std::string text = "// " + printable(picture.title + ": " + summary_text(picture)) +
                     "\ndigraph migrations {\n"
                     "  rankdir=TB\n"
                     "  label=" +
                     quoted(picture.title) +
                     "\n"
                     "  node [shape=box, fontname=\"Helvetica\", fontsize=10]\n"
                     "  edge [fontname=\"Helvetica\", fontsize=9]\n";
  for (std::size_t lane = 0; lane < picture.lanes.size(); ++lane) {
    text += fmt::format("  subgraph cluster_{} {{\n    label={}\n",
                        lane + 1,
                        quoted(lane_text(picture.lanes[lane])));
    for (std::size_t i = 0; i < picture.nodes.size(); ++i) {
      if (picture.nodes[i].lane == lane) {
        text += node_line(picture.nodes[i], i);
      }
    }
    text += "  }\n";
  }
  for (const PictureEdge& edge : picture.edges) {
    text += edge_line(edge);
  }
  for (const PictureConflict& conflict : picture.conflicts) {
    text += fmt::format(
        "  n{} -> n{} [label={}, dir=none, color=\"#b42318\", fontcolor=\"#b42318\", penwidth=2, "
        "constraint=false]\n",
        conflict.first + 1,
        conflict.second + 1,
        quoted("conflict: " + conflict.text));
  }
  return text + "}\n";
}

}  // namespace medusa
