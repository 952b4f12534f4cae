// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "medusa/catalog/catalog.hpp"
#include "medusa/plan/comparison.hpp"
#include "medusa/plan/history.hpp"
#include "medusa/plan/journal.hpp"
#include "medusa/plan/recordings.hpp"
#include "medusa/plan/state.hpp"

namespace medusa {

/// What a migration is called on the other side, where its name seems to have been changed.
struct OtherName {
  std::string name = {};  ///< Of one that is missing: the id it has here. Else: as applied.
  bool same_sql = false;  ///< It is certain; else only the timestamp is the same.

  friend bool operator==(const OtherName&, const OtherName&) = default;
};

/// One line of `migrations show`.
struct StatusRow {
  std::string name = {};
  std::int64_t timestamp = 0;
  MigrationState state = MigrationState::Pending;
  std::optional<std::int64_t> id = {};          ///< Of the history row, when applied.
  std::optional<Migration> migration = {};      ///< When resolved.
  std::optional<Recording> recording = {};      ///< When we applied it.
  Comparison comparison = Comparison::Unknown;  ///< Of the two.
  std::optional<OtherName> other_name = {};     ///< Missing or pending, if it was renamed.
  std::optional<BegunMigration> begun = {};     ///< When it, or taking it back, did not end.
};

/// Whether the next run would run it.
[[nodiscard]] bool is_pending(const StatusRow& row);

/// Everything resolved, applied or half done: first what is applied, in order of execution, then
/// the rest in the order in which it would run, then what would not.
[[nodiscard]] std::vector<StatusRow> make_status(const Catalog& catalog,
                                                 const History& history,
                                                 const Recordings& recordings = {},
                                                 const Journal& journal = {});

/// The row of the migration of that name, or of "member/name"; orders nothing.
/// @throws Error with ErrorCode::Usage if there is none, with a close name as the hint.
[[nodiscard]] StatusRow status_of(const std::string& name,
                                  const Catalog& catalog,
                                  const History& history,
                                  const Recordings& recordings = {},
                                  const Journal& journal = {});

}  // namespace medusa
