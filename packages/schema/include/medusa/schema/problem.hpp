// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "medusa/sql/object.hpp"

namespace medusa {

/// A migration as the caller numbers them; nothing is done with it but to give it back.
using MigrationNumber = std::uint32_t;

enum class SchemaProblemKind {
  NeverThere,        ///< Needs what nothing created so far.
  DroppedBefore,     ///< Needs what `other` dropped.
  RenamedBefore,     ///< Needs what `other` renamed to `renamed_to`.
  AlreadyThere,      ///< Creates, or renames to, what `other` created.
  HiddenDifference,  ///< IF NOT EXISTS skips what `other` created in another shape.
  Blocked,           ///< Drops what `dependents` need, without CASCADE.
  ExtensionMissing,  ///< Needs an extension that is not created, or creates one that the server
                     ///< lacks.
  /// Uses a value of an enum that `other` added in the same transaction, which only works once that
  /// is committed (SQLSTATE 55P04).
  UncommittedValue,
  /// A foreign key to columns that no key of the table consists of (SQLSTATE 42830, 42704).
  NoKey,
  NoArbiter,      ///< ON CONFLICT about columns that no unique index consists of (42P10).
  TypesDiffer,    ///< A foreign key between columns that cannot be compared (42804).
  CannotReplace,  ///< OR REPLACE of a function or view, which cannot become that (42P13, 42P16).
};

[[nodiscard]] std::string_view to_string(SchemaProblemKind kind);

/// Why a migration cannot do what it is about to do.
struct SchemaProblem {
  SchemaProblemKind kind = SchemaProblemKind::NeverThere;
  std::size_t statement = 0;  ///< Index of the footprint in the migration.
  std::size_t effect = 0;     ///< Index in the footprint; of its texts, the number of its effects.
  /// What it is about. Of something missing, the outermost: of a column of a missing table, the
  /// table. Of an unqualified name that was not found, the schema is the default one, or empty
  /// where a migration has set the search_path.
  ObjectRef object = {};
  /// The other side; absent: nobody, or the database had it from the beginning.
  std::optional<MigrationNumber> other = {};
  std::optional<ObjectRef> renamed_to = {};  ///< RenamedBefore.
  std::vector<ObjectRef> dependents = {};    ///< Blocked.
  bool definitions_differ = false;           ///< AlreadyThere, where both are known.
  /// Everything that decides about it is known, be it about a function, a type or an enum's value.
  bool exact = false;
  /// NoKey, NoArbiter: the columns, none for the primary key. TypesDiffer: both columns with their
  /// types. CannotReplace: what would change. HiddenDifference: in what it differs, if that is only
  /// the types of columns of a live table; or what an index of a database is.
  std::string detail = {};

  friend bool operator==(const SchemaProblem&, const SchemaProblem&) = default;
};

/// Whether the problem would be none after something else was created.
[[nodiscard]] bool is_missing(const SchemaProblem& problem);

}  // namespace medusa
