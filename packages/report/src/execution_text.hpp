// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "medusa/execute/event.hpp"
#include "medusa/report/execution_reporter.hpp"
#include "medusa/report/terminal.hpp"

namespace medusa {

/// The events of a run as text for people. Events and redraw() may come from different threads.
class ExecutionText final : public ExecutionObserver {
 public:
  ExecutionText(Terminal& terminal, ExecutionReporter::Now now);

  void on_event(const ExecutionEvent& event) override;

  /// Draws the progress line anew, if it is still shown.
  void redraw();

 private:
  /// What is done, e.g. "Applied" and "Applying".
  struct Verbs {
    std::string_view past = {};
    std::string_view present = {};
  };

  using TimePoint = std::chrono::steady_clock::time_point;

  void show(const LockWaiting& event);
  void show(const UpgradeStarted& event);
  void show(const MigrationStarted& event);
  void show(const StatementSent& event);
  void show(const MigrationPrinted& event);
  void show(const MigrationFinished& event);
  void show(const StatementBlocked& event);
  void show(const IndexProgress& event);
  void show(const InvalidIndexDropping& event);
  void show(const GroupRetrying& event);
  void show(const CommitResolved& event);
  void show(const GroupCommitted& event);
  void show(const MigrationFailed& event);
  void show(const UpgradeFinished& event);

  [[nodiscard]] Verbs verbs() const;
  [[nodiscard]] bool shows_each() const;
  [[nodiscard]] std::string position(std::size_t number, std::size_t total) const;
  [[nodiscard]] std::string finished_line(const MigrationFinished& event) const;
  [[nodiscard]] std::string progress_text() const;
  void draw();

  Terminal& terminal_;
  ExecutionReporter::Now now_;
  std::mutex mutex_;
  Direction direction_ = Direction::Up;
  bool rehearsal_ = false;
  std::size_t total_ = 0;
  std::size_t finished_ = 0;
  std::size_t current_ = 0;  // position of the step that runs
  std::string current_id_;
  std::string detail_;          // of the statement that runs
  std::string amount_;          // likewise
  IndexBuild told_;             // that has a line of its own
  std::size_t longest_id_ = 0;  // so that the durations form a column
  std::optional<LockWaiting> waiting_;
  TimePoint start_;
  TimePoint last_drawn_;
  bool failed_ = false;
};

}  // namespace medusa
