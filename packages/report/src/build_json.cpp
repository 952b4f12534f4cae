// SPDX-License-Identifier: MIT
#include "build_json.hpp"

namespace medusa {

namespace {

Json to_json(const MemberStale& event) {
  return {{"type", "member-stale"}, {"member", event.member}, {"files", event.files}};
}

Json to_json(const MemberBuilt& event) {
  return {{"type", "member-built"},
          {"member", event.member},
          {"compiled", event.compiled},
          {"described", event.described},
          {"removed", event.removed}};
}

Json to_json(const BuildWarning& event) {
  const Location place = event.place.value_or(Location{});
  return {{"type", "build-warning"},
          {"member", event.member},
          {"message", event.message},
          {"file", text_or_null(place.file.string())},
          {"line", place.line > 0 ? Json(place.line) : Json(nullptr)},
          {"column", place.column > 0 ? Json(place.column) : Json(nullptr)},
          {"notes", event.notes}};
}

Json to_json(const BuildFinished& event) {
  return {{"type", "build-finished"},
          {"members", event.members},
          {"built_members", event.built_members},
          {"duration_ms", milliseconds(event.duration)},
          {"lowering_ms", milliseconds(event.lowering)}};
}

}  // namespace

Json event_json(const BuildEvent& event) {
  return std::visit([](const auto& alternative) { return to_json(alternative); }, event);
}

}  // namespace medusa
