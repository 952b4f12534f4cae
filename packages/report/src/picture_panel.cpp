// SPDX-License-Identifier: MIT
#include "picture_panel.hpp"

#include <fmt/format.h>

#include "markup.hpp"
#include "page_text.hpp"
#include "picture_text.hpp"

namespace medusa {

namespace {

std::string fact(std::string_view name, std::string_view value) {
  return value.empty() ? "" : fmt::format("<dt>{}</dt><dd>{}</dd>", name, escaped(value));
}

std::string section(std::string_view title, const std::string& content) {
  return content.empty() ? "" : fmt::format("<h3>{}</h3>\n{}\n", title, content);
}

std::string paragraph(const std::string& text) {
  return text.empty() ? "" : "<p>" + escaped(text) + "</p>";
}

std::string list_of(const std::string& items, std::string_view name) {
  return items.empty() ? "" : fmt::format("<ul class=\"{}\">{}</ul>", name, items);
}

std::string items_of(const std::vector<std::string>& texts) {
  std::string items;
  for (const std::string& text : texts) {
    items += "<li>" + escaped(text) + "</li>";
  }
  return items;
}

std::string sql_of(const PictureNode& node) {
  if (!node.dynamic_reason.empty()) {
    return paragraph("Only running it can tell: " + node.dynamic_reason);
  }
  return node.sql.empty()
             ? ""
             : "<pre tabindex=\"0\"><code>" + escaped(node.sql, true) + "</code></pre>";
}

std::string with_reason(const std::string& text, const std::string& reason) {
  return reason.empty() ? text : text + ": " + reason;
}

}  // namespace

PicturePanels::PicturePanels(const MigrationPicture& picture)
    : picture_(picture),
      neighbours_(picture.nodes.size()) {
  for (const PictureEdge& edge : picture.edges) {
    neighbours_[edge.to].before.push_back(&edge);
    neighbours_[edge.from].after.push_back(&edge);
  }
  for (const PictureConflict& conflict : picture.conflicts) {
    neighbours_[conflict.first].conflicts.push_back(&conflict);
    neighbours_[conflict.second].conflicts.push_back(&conflict);
  }
}

std::string PicturePanels::link(std::size_t index) const {
  const PictureNode& node = picture_.nodes[index];
  return fmt::format("<a href=\"#m{}\">{}</a> <span class=\"where\">{}</span>",
                     index + 1,
                     escaped(node.name),
                     escaped(lane_text(picture_.lanes[node.lane])));
}

std::string PicturePanels::edge_item(const PictureEdge& edge, bool is_before) const {
  const std::size_t other = is_before ? edge.from : edge.to;
  const std::string look(to_string(edge.kind));
  const std::string kind = edge.kind == PictureEdgeKind::SameMember ? "same member" : look;
  const std::string sentence =
      with_reason(picture_.nodes[edge.from].name + " stands before " + picture_.nodes[edge.to].name,
                  edge.reason) +
      " (" + kind + ')';
  return fmt::format(
      "<li data-row=\"{}\" data-kind=\"{}\" data-label=\"{}\" data-sentence=\"{}\">"
      "<span class=\"kind {}\">{}</span>{}{}</li>",
      other + 1,
      look,
      escaped(with_reason(is_before ? "before it" : "after it",
                          edge.reason.empty() ? kind : edge.reason)),
      escaped(sentence),
      look,
      kind,
      link(other),
      edge.reason.empty() ? "" : "<span class=\"reason\">" + escaped(edge.reason) + "</span>");
}

std::string PicturePanels::before(std::size_t index) const {
  std::string items;
  for (const PictureEdge* edge : neighbours_[index].before) {
    items += edge_item(*edge, true);
  }
  return list_of(items, "relations before");
}

std::string PicturePanels::after(std::size_t index) const {
  std::string items;
  for (const PictureEdge* edge : neighbours_[index].after) {
    items += edge_item(*edge, false);
  }
  return list_of(items, "relations after");
}

std::string PicturePanels::conflicts(std::size_t index) const {
  std::string items;
  for (const PictureConflict* conflict : neighbours_[index].conflicts) {
    const std::size_t other = conflict->first == index ? conflict->second : conflict->first;
    items += fmt::format(
        "<li data-row=\"{}\" data-kind=\"conflict\" data-label=\"conflict: {}\" "
        "data-sentence=\"Conflict: {}\"><span class=\"chip conflict\">conflict</span> with {}"
        "<span class=\"reason\">{}</span></li>",
        other + 1,
        escaped(conflict->text),
        escaped(conflict->text),
        link(other),
        escaped(conflict->text));
  }
  return list_of(items, "relations conflicting");
}

std::string PicturePanels::facts(const PictureNode& node) const {
  const PictureLane& lane = picture_.lanes[node.lane];
  const std::string place =
      node.position.has_value() ? "number " + std::to_string(*node.position) : "";
  return fact("State", to_string(node.state)) + fact("Next run", place) +
         fact("Time", time_text(node.timestamp)) + fact("SQL", mode_text(node)) +
         fact("Source", node.source) +
         fact("Package", lane.version.empty() ? "" : lane.name + ' ' + lane.version);
}

std::string PicturePanels::html(std::size_t index) const {
  const PictureNode& node = picture_.nodes[index];
  return filled(kPanelHtml,
                {{"number", std::to_string(index + 1)},
                 {"member", escaped(lane_text(picture_.lanes[node.lane]))},
                 {"name", escaped(node.name)},
                 {"facts", facts(node)},
                 {"sections",
                  section("Conflicts", conflicts(index)) +
                      section("Why it stands here", paragraph(node.why_here) + before(index)) +
                      section("What stands after it because of it", after(index)) +
                      section("Notes", list_of(items_of(node.notes), "notes")) +
                      section("What it does", list_of(items_of(node.footprint), "footprint")) +
                      section("SQL of up", sql_of(node))}});
}

}  // namespace medusa
