// SPDX-License-Identifier: MIT
#include "medusa/report/migration_picture.hpp"

#include "json.hpp"

namespace medusa {

namespace {

Json node_json(const PictureNode& node, const MigrationPicture& picture) {
  const bool is_known = node.state != MigrationState::Missing && node.dynamic_reason.empty();
  return {{"member", text_or_null(picture.lanes[node.lane].name)},
          {"name", node.name},
          {"timestamp", node.timestamp},
          {"state", to_string(node.state)},
          {"position", value_or_null(node.position)},
          {"reason", text_or_null(node.why_here)},
          {"source", text_or_null(node.source)},
          {"mode",
           node.state == MigrationState::Missing ? Json(nullptr)
           : is_known                            ? Json("lowered")
                                                 : Json("dynamic")},
          {"dynamic_reason", text_or_null(node.dynamic_reason)},
          {"sql", is_known ? Json(node.sql) : Json(nullptr)},
          {"footprint", node.footprint},
          {"notes", node.notes}};
}

}  // namespace

std::string picture_json(const MigrationPicture& picture) {
  Json json{{"workspace", picture.title},
            {"database", text_or_null(picture.database)},
            {"members", Json::array()},
            {"migrations", Json::array()},
            {"edges", Json::array()},
            {"conflicts", Json::array()}};
  for (const PictureLane& lane : picture.lanes) {
    if (!lane.name.empty()) {
      json["members"].push_back({{"name", lane.name}, {"version", text_or_null(lane.version)}});
    }
  }
  for (const PictureNode& node : picture.nodes) {
    json["migrations"].push_back(node_json(node, picture));
  }
  for (const PictureEdge& edge : picture.edges) {
    json["edges"].push_back({{"from", edge.from},
                             {"to", edge.to},
                             {"kind", to_string(edge.kind)},
                             {"reason", text_or_null(edge.reason)}});
  }
  for (const PictureConflict& conflict : picture.conflicts) {
    json["conflicts"].push_back(
        {{"first", conflict.first}, {"second", conflict.second}, {"text", conflict.text}});
  }
  return one_line(json);
}

}  // namespace medusa
