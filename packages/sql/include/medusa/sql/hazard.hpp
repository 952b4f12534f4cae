// SPDX-License-Identifier: MIT
// What a statement may do to a shop that is open: which lock it takes and what it does while it
// holds it. Facts of the statement alone; whether they matter depends on the tables of a database.
// Sources: PostgreSQL's manual, "Explicit Locking" (table-level locks), "ALTER TABLE" (notes on
// rewriting and scanning); `integration_hazard` compares them with a real server.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "medusa/sql/object.hpp"

namespace medusa {

/// The kinds of hazards. `code_of` names are stable: people write them into comments.
enum class HazardRule {
  TransactionControl,
  IndexBlocksWrites,
  ConstraintBuildsIndex,
  ForeignKeyScans,
  CheckScans,
  NotNullScans,
  ColumnTypeRewrites,
  NewColumnRewrites,
  TableRewrites,
  RequiredColumn,
  DropsTable,
  DropsColumn,
  RenamesTable,
  RenamesColumn,
  NameTruncated,
};

/// "index-blocks-writes".
[[nodiscard]] std::string_view code_of(HazardRule rule);

[[nodiscard]] std::optional<HazardRule> parse_hazard_code(std::string_view code);

/// In the order of the enum.
[[nodiscard]] std::span<const HazardRule> hazard_rules();

/// Every code, for suggestions.
[[nodiscard]] std::vector<std::string> hazard_codes();

/// Locks on a table that conflict with what a shop does (manual, "Explicit Locking").
enum class TableLock {
  None,
  ShareUpdateExclusive,  ///< Neither reads nor writes wait.
  Share,                 ///< Writes wait.
  ShareRowExclusive,     ///< Writes wait.
  AccessExclusive,       ///< Reads and writes wait.
};

/// As the manual writes it: "ACCESS EXCLUSIVE".
[[nodiscard]] std::string_view to_string(TableLock lock);

/// What is done while the lock is held.
enum class TableWork {
  Catalog,     ///< Nothing that takes long.
  Scan,        ///< Every row is read.
  Index,       ///< Every row is read, and an index is built.
  MayRewrite,  ///< Every row is written anew, unless PostgreSQL can tell that it need not be.
  Rewrite,     ///< Every row is written anew, and every index built.
};

/// "catalog", "scan", "index", "may-rewrite", "rewrite"; stable.
[[nodiscard]] std::string_view to_string(TableWork work);

/// A type that every PostgreSQL has, by its name in pg_type ("varchar", "int8"), and what stands in
/// its parentheses. An empty name: some other type, or an array.
struct ColumnType {
  std::string name = {};
  std::vector<int> arguments = {};

  friend bool operator==(const ColumnType&, const ColumnType&) = default;
};

/// What ALTER COLUMN ... TYPE does to a column of the one type that gets the other, without USING:
/// Catalog, MayRewrite or Rewrite.
[[nodiscard]] TableWork work_of_type_change(const ColumnType& from, const ColumnType& to);

struct Hazard {
  HazardRule rule = HazardRule::IndexBlocksWrites;
  ObjectRef table = {};  ///< No name: it is about no table.
  /// Column or constraint; what cannot run in a transaction; the name that is too long.
  std::string name = {};
  TableLock lock = TableLock::None;
  TableWork work = TableWork::Catalog;
  /// ColumnTypeRewrites: the new type, if nothing but that decides about the work.
  std::optional<ColumnType> type = {};
  /// SQL that does the same more gently, statement after statement; empty: there is none.
  std::string safer = {};

  friend bool operator==(const Hazard&, const Hazard&) = default;
};

}  // namespace medusa
