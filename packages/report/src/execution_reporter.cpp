// SPDX-License-Identifier: MIT
#include "medusa/report/execution_reporter.hpp"

#include <optional>
#include <utility>

#include "execution_json.hpp"
#include "execution_text.hpp"
#include "ticker.hpp"

namespace medusa {

namespace {

/// A tenth of a second is the last digit of what the progress line shows.
constexpr std::chrono::milliseconds kTick{100};

}  // namespace

struct ExecutionReporter::State {
  State(Terminal& terminal_used, Now now)
      : terminal(terminal_used),
        text(terminal_used, std::move(now)) {}

  Terminal& terminal;
  ExecutionText text;
  std::optional<Ticker> ticker;  // last, so that it ends before what it draws
};

ExecutionReporter::ExecutionReporter(Terminal& terminal, std::string_view tool_version)
    : ExecutionReporter(terminal, tool_version, &std::chrono::steady_clock::now) {
  if (terminal.shows_progress()) {
    state_->ticker.emplace(kTick, [this] { redraw(); });
  }
}

ExecutionReporter::ExecutionReporter(Terminal& terminal, std::string_view tool_version, Now now)
    : state_(std::make_unique<State>(terminal, std::move(now))) {
  terminal.open_events(tool_version);
}

ExecutionReporter::~ExecutionReporter() {
  state_->ticker.reset();
  state_->terminal.erase_progress();
}

void ExecutionReporter::on_event(const ExecutionEvent& event) {
  if (state_->terminal.format() == OutputFormat::Json) {
    state_->terminal.event(one_line(event_json(event)));
  } else {
    state_->text.on_event(event);
  }
}

void ExecutionReporter::redraw() {
  state_->text.redraw();
}

}  // namespace medusa
