// SPDX-License-Identifier: MIT
// The table `medusa_journal`: a row for each statement of a migration that ran outside a
// transaction and is not at its end. Nothing else in the program knows its name or columns. It is
// created when such a migration runs, and empty between upgrades that ended well.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "medusa/database/connection.hpp"
#include "medusa/execute/upgrade_store.hpp"
#include "medusa/plan/journal.hpp"
#include "medusa/plan/plan.hpp"

namespace medusa {

/// One statement, as far as it came.
struct JournalEntry {
  std::size_t ordinal = 0;     ///< Among what the migration sends, from 1.
  std::string checksum = {};   ///< Of its text and parameters.
  std::string statement = {};  ///< Its beginning, for people.
  bool done = false;           ///< Else it was about to be sent.
  /// What the server answered; none if it was too long to be kept.
  std::optional<std::vector<QueryResult>> results = {};
  /// Before an index was built without a name, or again: the indexes that were there (oids).
  std::vector<std::string> indexes = {};
};

/// Rows of one table, in the schema of the history.
class JournalStore {
 public:
  JournalStore(Connection& connection, const std::string& schema);

  /// Creates the table if it is missing. @throws SqlError if that is not allowed.
  void create();

  /// What did not come to its end; nothing if there is no table, or it may not be read.
  [[nodiscard]] Journal load();

  /// The statements of that step, in order; those of an earlier row of the history are not its own.
  [[nodiscard]] std::vector<JournalEntry> entries(const PlanStep& step, Direction direction);

  /// Notes the statement, in place of what was noted of it before.
  void write(const PlanStep& step,
             Direction direction,
             const JournalEntry& entry,
             const std::string& upgrade);

  /// Forgets that it was sent.
  void forget(const PlanStep& step, Direction direction, std::size_t ordinal);

  /// Forgets the step: it came to its end. What is left of its other direction goes, too.
  void clear(const PlanStep& step);

  /// For people, to be pasted: forgets the step as a whole, forgets one statement of which nobody
  /// knows whether it was done, or notes that it was.
  [[nodiscard]] std::string clearing(const PlanStep& step) const;
  [[nodiscard]] std::string forgetting(const PlanStep& step, std::size_t ordinal) const;
  [[nodiscard]] std::string confirming(const PlanStep& step, std::size_t ordinal) const;

 private:
  [[nodiscard]] bool exists();

  Connection& connection_;
  std::string table_;  ///< Quoted and qualified.
};

}  // namespace medusa
