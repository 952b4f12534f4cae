// SPDX-License-Identifier: MIT
#include "commit_resolution.hpp"

#include <algorithm>

#include "medusa/core/error.hpp"
#include "medusa/system/interruption.hpp"

namespace medusa {

namespace {

constexpr std::chrono::milliseconds kLongestPause{2000};

}  // namespace

std::string_view to_string(CommitOutcome outcome) {
  switch (outcome) {
    case CommitOutcome::Committed:
      return "committed";
    case CommitOutcome::RolledBack:
      return "rolled-back";
    case CommitOutcome::Unknown:
      break;
  }
  return "unknown";
}

CommitResolution::CommitResolution(WorkSession& session, std::chrono::milliseconds budget)
    : session_(session),
      deadline_(std::chrono::steady_clock::now() + budget) {}

CommitOutcome CommitResolution::find_out(const std::string& transaction,
                                         const PlanGroup& group,
                                         Direction direction) {
  const Interruption::Deferral deferral;
  do {
    try {
      reconnect();
      if (is_in_progress(transaction)) {
        continue;  // with a pause
      }
      return session_.upgrades().has_records(group, direction) ? CommitOutcome::Committed
                                                               : CommitOutcome::RolledBack;
    } catch (const Error&) {     // NOLINT(bugprone-empty-catch): lost again
    } catch (const SqlError&) {  // NOLINT(bugprone-empty-catch): e.g. it is shutting down
    }
  } while (pause());
  return CommitOutcome::Unknown;
}

bool CommitResolution::pause() {
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
      deadline_ - std::chrono::steady_clock::now());
  if (left.count() <= 0) {
    return false;
  }
  Interruption::wait(std::min(pause_, left));
  pause_ = std::min(pause_ * 2, kLongestPause);
  return true;
}

void CommitResolution::reconnect() {
  if (!session_.connection().is_open()) {
    session_.connection().reopen();
  }
}

bool CommitResolution::is_in_progress(const std::string& transaction) {
  try {
    const QueryResult result = session_.connection().execute(
        "SELECT pg_xact_status($1::text::xid8) = 'in progress'", {transaction});
    return result.rows.at(0).at(0) == "t";
  } catch (const SqlError& error) {
    // An id that the server, which crashed or is another one now, has not given yet.
    if (error.sqlstate() == "22023") {
      return false;
    }
    throw;
  }
}

}  // namespace medusa
