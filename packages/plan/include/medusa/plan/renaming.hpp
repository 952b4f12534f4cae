// SPDX-License-Identifier: MIT
// A migration whose name was changed after it was applied: TypeORM knows migrations by name, so the
// old one is missing, and the new one pending.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>

#include "medusa/catalog/catalog.hpp"
#include "medusa/core/error.hpp"
#include "medusa/plan/history.hpp"
#include "medusa/plan/recordings.hpp"

namespace medusa {

/// An applied migration that no member ships, and the only one here that has its timestamp and is
/// not applied.
struct Renaming {
  AppliedMigration applied = {};
  const Migration* migration = nullptr;  ///< Of the catalog.
  /// What was recorded when it was applied is what the migration sends today: it is the same one.
  /// Otherwise two may just share a timestamp.
  bool same_sql = false;
  bool recorded = false;  ///< We applied it.
};

/// All of them. The catalog must outlive it.
class Renamings {
 public:
  Renamings(const Catalog& catalog, const History& history, const Recordings& recordings);

  /// Of a migration by the name it has today, or null.
  [[nodiscard]] const Renaming* of(const std::string& name) const;

  /// Of an applied migration by the name in the history, or null.
  [[nodiscard]] const Renaming* from(const std::string& applied) const;

 private:
  std::unordered_map<std::int64_t, Renaming> by_timestamp_;
  std::unordered_map<std::string, std::int64_t> now_;
  std::unordered_map<std::string, std::int64_t> then_;
};

/// Why it must not run, and how it gets its old name again.
/// @param schema of the history.
[[nodiscard]] Diagnostic renaming_refusal(const Renaming& renaming, const std::string& schema);

/// How the file gets its old name again: a command where there is one.
[[nodiscard]] std::string old_name_hint(const Renaming& renaming);

/// SQL that gives the history the new name.
[[nodiscard]] std::string new_name_sql(const Renaming& renaming, const std::string& schema);

}  // namespace medusa
