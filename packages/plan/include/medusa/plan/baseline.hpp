// SPDX-License-Identifier: MIT
// Recording migrations as applied that never ran here: for a database that has their schema, but
// not their history. Found out on paper, from footprints and the live schema.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "medusa/core/error.hpp"
#include "medusa/plan/plan.hpp"

namespace medusa {

/// A migration of which the live schema cannot tell whether all of it happened.
struct UncheckedMigration {
  std::string migration = {};  ///< Id.
  std::string reason = {};
};

struct Baseline {
  /// What is to be recorded, as one group; in the order in which an empty database would run it.
  Plan plan = {};
  /// What they would have left behind and is not there, or would have taken away and is, and those
  /// that the journal knows to be half done; with ErrorCode::Plan and the statement's place. Empty:
  /// they may well have run.
  std::vector<Diagnostic> differences = {};
  std::vector<UncheckedMigration> unchecked = {};  ///< In order.
};

/// The text of a migration: its SQL, or its source where that is not known.
using MigrationText = std::function<std::string(const Migration&)>;

/// Looks for what the migrations would have created and nothing of them dropped, by kind and name:
/// definitions and rows are not compared. What is missing, and whose name stands in the text of a
/// later migration of which not everything is known, is unchecked instead of a difference.
/// @param facts recordings and policies do not matter.
/// @param last name, or member/name, of the last migration to record; none: all that is pending.
/// @throws Error with ErrorCode::Plan as order_upgrade does; if `last` is applied; with
///   ErrorCode::Usage if nothing is called that.
[[nodiscard]] Baseline make_baseline(const Catalog& catalog,
                                     const History& history,
                                     const UpgradeFacts& facts,
                                     const MigrationText& text,
                                     const std::optional<std::string>& last = {});

}  // namespace medusa
