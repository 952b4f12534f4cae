// SPDX-License-Identifier: MIT
// What an upgrade will meet, found out on paper: the order in which every need is met, what is in
// the way, which late migrations are safe, who touches whose tables.
#pragma once

#include <string>
#include <vector>

#include "medusa/core/error.hpp"
#include "medusa/core/transaction_mode.hpp"
#include "medusa/plan/upgrade_facts.hpp"
#include "medusa/plan/upgrade_order.hpp"

namespace medusa {

/// Whether a late migration may run after what should have come after it.
struct LateVerdict {
  enum class Kind {
    NotLate,
    Safe,      ///< It can be exchanged with everything newer that is applied.
    Unknown,   ///< It, or something newer, is opaque, missing, or runs a trigger.
    Collides,  ///< Run in the order of timestamps, the database might look otherwise.
  };

  Kind kind = Kind::NotLate;
  /// Id (of one that no member ships: name) of the applied migration that it collides with, or of
  /// which too little is known.
  std::string other = {};
  std::string text = {};      ///< In words: what both do, or why it cannot be known.
  Location place = {};        ///< Collides: the statement of the late one.
  Location other_place = {};  ///< Collides: the statement of the other one; no line if it is not
                              ///< what lies here today, no file if nothing does.
};

/// "not-late", "safe", "unknown" or "collides"; stable.
[[nodiscard]] std::string_view to_string(LateVerdict::Kind kind);

/// Two migrations that do not go together, by id.
struct Conflict {
  std::string first = {};
  std::string second = {};
  std::string text = {};
};

struct Prediction {
  UpgradeOrder order = {};
  /// Which migration needs what another member's creates, whether it had to wait or not; nodes of
  /// `order`, one edge a pair.
  std::vector<OrderEdge> needs = {};
  std::vector<LateVerdict> late = {};                ///< By node.
  std::vector<std::vector<std::string>> notes = {};  ///< By node, for people.
  /// By node: why everything before it must be committed first, in mode `all`; mostly empty.
  std::vector<std::string> commits = {};
  std::vector<std::string> warnings = {};
  std::vector<Diagnostic> refusals = {};  ///< Empty: the upgrade may run.
  /// What the run itself would refuse, so that nobody's wish to run it all the same helps.
  std::vector<Diagnostic> impossible = {};
  std::vector<Conflict> conflicts = {};  ///< Those refusals and collisions that have two sides.
};

/// Nothing is pending: nothing is looked at.
/// @param mode which migrations share a transaction.
/// @throws Error as order_upgrade.
[[nodiscard]] Prediction predict_upgrade(const Catalog& catalog,
                                         const History& history,
                                         const UpgradeFacts& facts,
                                         TransactionMode mode = TransactionMode::All);

}  // namespace medusa
