// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <string>

#include "medusa/execute/commit_outcome.hpp"
#include "medusa/plan/plan.hpp"

#include "work_session.hpp"

namespace medusa {

/// Finds out what became of a transaction whose connection was lost, and reopens the connection.
/// Signals do not cut it short: who was interrupted wants to know, too.
class CommitResolution {
 public:
  /// @param budget how long to try to reach the server, and to wait for the transaction's end.
  CommitResolution(WorkSession& session, std::chrono::milliseconds budget);

  /// @param transaction its id, as FencedTransaction has it.
  /// @param group the steps whose records are part of it.
  [[nodiscard]] CommitOutcome find_out(const std::string& transaction,
                                       const PlanGroup& group,
                                       Direction direction);

 private:
  /// False if the time is up.
  bool pause();
  void reconnect();
  [[nodiscard]] bool is_in_progress(const std::string& transaction);

  WorkSession& session_;
  std::chrono::steady_clock::time_point deadline_;
  std::chrono::milliseconds pause_{50};
};

}  // namespace medusa
