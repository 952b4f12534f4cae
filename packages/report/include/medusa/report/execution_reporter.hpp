// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string_view>

#include "medusa/execute/event.hpp"
#include "medusa/report/terminal.hpp"

namespace medusa {

/// Shows a run while it happens.
///
/// Text: on a terminal one progress line, and a line for each migration if they are few or the
/// terminal is verbose; elsewhere always a line for each. The end is the answer: "Applied 79
/// migrations in 1.9 s". A migration's failure is named in one line; what went wrong is the
/// problem in the executor's result, which the caller renders.
///
/// JSON: one object per event, README.md of this package documents them. Opens the events.
class ExecutionReporter final : public ExecutionObserver {
 public:
  using Now = std::function<std::chrono::steady_clock::time_point()>;

  /// Draws the progress line on a thread of its own too, so that time passes on it.
  ExecutionReporter(Terminal& terminal, std::string_view tool_version);

  /// Time is what `now` says, and passes on the progress line only in redraw(): for tests.
  ExecutionReporter(Terminal& terminal, std::string_view tool_version, Now now);

  /// Erases its progress line.
  ~ExecutionReporter() override;
  ExecutionReporter(const ExecutionReporter&) = delete;
  ExecutionReporter& operator=(const ExecutionReporter&) = delete;
  ExecutionReporter(ExecutionReporter&&) = delete;
  ExecutionReporter& operator=(ExecutionReporter&&) = delete;

  void on_event(const ExecutionEvent& event) override;

  /// Draws the progress line again, if it is still shown.
  void redraw();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace medusa
