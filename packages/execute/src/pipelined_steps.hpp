// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <functional>
#include <optional>

#include "medusa/database/pipeline.hpp"
#include "medusa/plan/plan.hpp"

#include "known_step.hpp"
#include "work_session.hpp"

namespace medusa {

/// Steps of one transaction whose statements are on their way: some are sent ahead, so that the
/// server need not wait for us between them, nor we for the network. They still run, begin and end
/// in order, each with its record in the history.
class PipelinedSteps {
 public:
  struct Events {
    std::function<void(const PlanStep&)> begun = {};
    std::function<void(const PlanStep&, std::chrono::microseconds)> ended = {};
  };

  PipelinedSteps(WorkSession& session, Direction direction, Events events);

  /// Sends the step. Steps before it may end meanwhile. @throws StepRefusal of whichever step the
  ///   server refused; SqlError if it could not be recorded; Error as Connection::execute. Then
  ///   nothing is on its way any more.
  void take(const PlanStep& step, KnownStep known);

  /// Waits for all that is on its way. Throws likewise.
  void settle();

 private:
  using Clock = std::chrono::steady_clock;

  struct Entry {
    const PlanStep& step;
    KnownStep known = {};
    std::size_t size = 0;  ///< Bytes sent for it.
  };

  template <typename Work>
  void guarded(Work work);
  void send(const Entry& entry);
  void send_record(const Entry& entry);
  void finish_first();
  void begin_first();

  WorkSession& session_;
  Direction direction_;
  Events events_;
  std::optional<Pipeline> pipeline_ = {};
  std::deque<Entry> entries_ = {};
  std::size_t ahead_ = 0;  ///< Bytes of all entries.
  Clock::time_point begun_ = {};
};

}  // namespace medusa
