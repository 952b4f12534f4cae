// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

#include "medusa/database/run_lock.hpp"

#include "journal_store.hpp"

namespace medusa {

/// A transaction that a journalled step begins and ends itself. Its statements have their entries
/// in it: all are there or none.
class StepTransaction {
 public:
  using Results = std::vector<QueryResult>;
  using Send = std::function<Results()>;
  using Write = std::function<void(const JournalEntry&)>;

  /// @param write writes an entry to the journal. References must outlive it.
  StepTransaction(Connection& connection, RunLock& lock, Write write);

  /// The step sent its BEGIN. The entry is written once something follows: only then is it proven
  /// that the lock is ours, since settings of a transaction come before any query.
  void begin(JournalEntry entry);

  /// Sends a statement in it. @throws as `send`; it then takes nothing more until it is ended.
  Results run(JournalEntry entry, const Send& send);

  /// Sends what ends it.
  Results end(JournalEntry entry, const Send& send);

  /// How many entries the transactions that were committed so far have.
  [[nodiscard]] std::size_t done() const { return done_; }

 private:
  void write(const JournalEntry& entry);
  void write_opening();

  Connection& connection_;
  RunLock& lock_;
  Write write_;
  std::optional<JournalEntry> opening_ = {};
  std::size_t written_ = 0;  ///< Entries in it.
  std::size_t done_ = 0;
  bool failed_ = false;
};

}  // namespace medusa
