// SPDX-License-Identifier: MIT
#include "waiting_text.hpp"

#include <vector>

#include "medusa/core/text.hpp"
#include "medusa/report/duration.hpp"

#include "display_width.hpp"

namespace medusa {

std::string holder_text(const LockHolder& holder, RunLockWait reason) {
  std::vector<std::string> parts;
  if (holder.pid != 0) {
    parts.push_back("pid " + std::to_string(holder.pid));
  }
  if (!holder.address.empty()) {
    parts.push_back("at " + holder.address);
  }
  if (!holder.since.empty()) {
    parts.push_back("since " + holder.since);
  }
  if (reason == RunLockWait::Transaction && holder.query_age.has_value()) {
    parts.push_back("its last statement began " + format_duration(*holder.query_age) + " ago");
  }
  std::string who = holder.application.empty() ? "another run" : holder.application;
  if (reason == RunLockWait::Transaction) {
    who = "an open transaction of a run that lost its lock: " + who;
  }
  return parts.empty() ? who : who + " (" + join(parts, ", ") + ')';
}

std::string blockage_text(const Blockage& blockage) {
  std::vector<std::string> blockers;
  for (const Blocker& blocker : blockage.blockers) {
    blockers.push_back(printable(to_string(blocker)));
  }
  return (blockage.relation.empty() ? "" : "a lock on '" + printable(blockage.relation) + "' of ") +
         join(blockers, "; ");
}

}  // namespace medusa
