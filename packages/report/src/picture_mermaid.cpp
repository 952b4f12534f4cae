// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "medusa/report/migration_picture.hpp"

#include "display_width.hpp"
#include "picture_text.hpp"

namespace medusa {

namespace {

/// A quoted string. Whatever Mermaid, Markdown or HTML could read as more than a character becomes
/// Mermaid's form of an entity, "#35;".
std::string quoted(std::string_view text) {
  constexpr std::string_view kSpecial = "\"#&<>`*_~[](){}|\\;%$";
  std::string result = "\"";
  for (const char c : printable(text)) {
    result += kSpecial.find(c) == std::string_view::npos ? std::string(1, c)
                                                         : fmt::format("#{};", static_cast<int>(c));
  }
  return result + '"';
}

std::string node_line(const PictureNode& node, std::size_t index) {
  std::string label = quoted(node.name);
  label.pop_back();
  label += "<br/>" + quoted(date_text(node.timestamp) + ", " + state_text(node)).substr(1);
  return fmt::format("    n{}[{}]:::{}\n", index + 1, label, to_string(node.state));
}

std::string edge_line(const PictureEdge& edge) {
  if (edge.kind == PictureEdgeKind::SameMember) {
    return fmt::format("  n{} --> n{}\n", edge.from + 1, edge.to + 1);
  }
  return fmt::format(
      "  n{} {}|{}| n{}\n",
      edge.from + 1,
      edge.kind == PictureEdgeKind::Declared ? "==>" : "-.->",
      quoted(std::string(to_string(edge.kind)) + (edge.reason.empty() ? "" : ": " + edge.reason)),
      edge.to + 1);
}

}  // namespace

std::string picture_mermaid(const MigrationPicture& picture) {
  std::string text = "%% " + printable(summary_text(picture)) + "\nflowchart TB\n";
  for (std::size_t lane = 0; lane < picture.lanes.size(); ++lane) {
    text += fmt::format("  subgraph m{}[{}]\n", lane + 1, quoted(lane_text(picture.lanes[lane])));
    for (std::size_t i = 0; i < picture.nodes.size(); ++i) {
      if (picture.nodes[i].lane == lane) {
        text += node_line(picture.nodes[i], i);
      }
    }
    text += "  end\n";
  }
  for (const PictureEdge& edge : picture.edges) {
    text += edge_line(edge);
  }
  for (const PictureConflict& conflict : picture.conflicts) {
    text += fmt::format("  n{} x--x|{}| n{}\n",
                        conflict.first + 1,
                        quoted("conflict: " + conflict.text),
                        conflict.second + 1);
  }
  return text +
         "  classDef applied fill:#eef0f3,stroke:#98a2b3\n"
         "  classDef pending stroke:#2457c5,stroke-width:2px\n"
         "  classDef late stroke:#9a5b00,stroke-width:2px\n"
         "  classDef changed fill:#eef0f3,stroke:#b42318,stroke-width:2px\n"
         "  classDef missing stroke-dasharray:4 3\n"
         "  classDef disabled stroke-dasharray:1 3\n";
}

}  // namespace medusa
