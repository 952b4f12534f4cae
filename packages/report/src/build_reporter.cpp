// SPDX-License-Identifier: MIT
#include "medusa/report/build_reporter.hpp"

#include <algorithm>
#include <string>
#include <variant>

#include "medusa/core/text.hpp"
#include "medusa/report/diagnostic.hpp"
#include "medusa/report/duration.hpp"

#include "build_json.hpp"
#include "display_width.hpp"

namespace medusa {

namespace {

/// After that many members a terminal shows the others only while they are built.
constexpr std::size_t kReadableLines = 20;

/// The events as text; `stale` counts the members announced.
class BuildText {
 public:
  BuildText(Terminal& terminal, std::size_t& stale) : terminal_(terminal), stale_(stale) {}

  void operator()(const MemberStale& event) const {
    const std::string what = event.member + " (" + plural(event.files, "file") + ')';
    const bool is_detail = ++stale_ > kReadableLines && terminal_.verbosity() != Verbosity::Verbose;
    if (!is_detail || !terminal_.shows_progress()) {
      terminal_.status("Building", what);
      return;
    }
    const Look look = terminal_.talk_look();
    const std::size_t room = look.columns - std::min(look.columns, look.verb_width() + 2);
    terminal_.progress(look.verb("Building", Style::StrongAccent) +
                       shortened(printable(what), room, look.ellipsis()));
  }

  void operator()(const MemberBuilt& event) const {
    for (const std::string& output : event.removed) {
      terminal_.status(
          "Removed", event.member + ": " + output + " (source is gone)", Style::StrongCaution);
    }
    if (terminal_.verbosity() == Verbosity::Verbose) {
      terminal_.status("Built",
                       event.member + " (" + std::to_string(event.compiled) + " compiled, " +
                           std::to_string(event.described) + " described)");
    }
  }

  void operator()(const BuildWarning& event) const {
    if (event.place.has_value()) {
      render_warning({.code = ErrorCode::Build,
                      .message = event.member + ": " + event.message,
                      .location = event.place,
                      .notes = event.notes},
                     terminal_);
    } else {
      terminal_.warn(event.member + ": " + event.message);
    }
  }

  void operator()(const BuildFinished& event) const {
    terminal_.erase_progress();
    if (event.built_members > 0) {
      terminal_.status(
          "Built",
          plural(event.built_members, "member") + " in " + format_duration(event.duration));
    }
  }

 private:
  Terminal& terminal_;
  std::size_t& stale_;
};

}  // namespace

BuildReporter::BuildReporter(Terminal& terminal) : terminal_(terminal) {}

void BuildReporter::on_event(const BuildEvent& event) {
  if (terminal_.events_are_open()) {
    terminal_.event(one_line(event_json(event)));
  } else if (terminal_.format() == OutputFormat::Text ||
             std::holds_alternative<BuildWarning>(event)) {
    std::visit(BuildText(terminal_, stale_), event);
  }
}

}  // namespace medusa
