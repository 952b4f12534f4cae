// SPDX-License-Identifier: MIT
// What is known of migrations that ran outside a transaction and did not come to their end.
// TypeORM's history does not know them; a run that finds one goes on behind what it did.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "medusa/core/location.hpp"
#include "medusa/plan/journalled_statement.hpp"

namespace medusa {

/// A statement that a half done migration would send otherwise than it was sent.
struct EditedStatement {
  std::size_t ordinal = 0;      ///< Among what the migration sends, from 1.
  std::string then = {};        ///< The beginning of what was sent.
  std::string now = {};         ///< Of what stands there today; empty: nothing does.
  Location place = {};          ///< Where that is.
  bool done = false;            ///< Else nobody knows what became of it.
  std::string forgetting = {};  ///< SQL, as JournalledStatement has it.
};

/// A migration that began and is not recorded in the history; or that is, and began to be taken
/// back.
struct BegunMigration {
  std::string name = {};
  bool up = true;
  std::optional<std::int64_t> id = {};  ///< Of the history row that it was to take back.
  std::size_t done = 0;                 ///< Statements that are known to be done.
  std::string open = {};      ///< The statement of which it is not known whether it was done.
  std::int64_t upgrade = 0;   ///< Which sent the last of them.
  std::string clearing = {};  ///< SQL by which a person has it forgotten.
  std::vector<JournalledStatement> statements = {};  ///< In order.
  std::optional<EditedStatement> edited = {};        ///< It cannot go on: see with_edits.
  std::string command = {};  ///< That brings it to its end; empty: none does, as things are.
};

/// All of one database.
class Journal {
 public:
  Journal() = default;

  explicit Journal(std::vector<BegunMigration> begun) : begun_(std::move(begun)) {}

  /// What is known of applying that migration, or null.
  [[nodiscard]] const BegunMigration* applying(const std::string& name) const;

  /// What is known of taking back that row of the history, or null.
  [[nodiscard]] const BegunMigration* reverting(const std::string& name, std::int64_t id) const;

  [[nodiscard]] const std::vector<BegunMigration>& begun() const { return begun_; }

 private:
  std::vector<BegunMigration> begun_;
};

/// "upgrade 3 did 2 statements of it and ended in CREATE INDEX ...": for people.
[[nodiscard]] std::string to_text(const BegunMigration& begun);

/// The same behind "half done: " or "half reverted: ".
[[nodiscard]] std::string half_done_text(const BegunMigration& begun);

}  // namespace medusa
