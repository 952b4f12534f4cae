// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "medusa/core/transaction_mode.hpp"
#include "medusa/plan/ordering.hpp"
#include "medusa/schema/schema_state.hpp"

#include "known_migrations.hpp"

namespace medusa {

/// A problem that a migration will meet when its turn comes.
struct ForeseenProblem {
  MigrationNumber migration = 0;
  SchemaProblem problem = {};
  /// An opaque migration ran before: it may have changed what the problem is about.
  bool in_doubt = false;
};

/// A statement that begins or ends the transaction that its migration shares with others.
struct OwnTransaction {
  MigrationNumber migration = 0;
  std::string statement = {};  ///< Its kind, e.g. "COMMIT"; empty: not known.
  Location place = {};
};

/// Runs an upgrade on paper: the order's gate lets a migration through once what it needs is there.
/// Nodes are pending migrations by position; keys name objects, whatever their schema.
class SymbolicRun final : public OrderGate {
 public:
  /// @param waived keys of what nothing known provides, and which something opaque may.
  SymbolicRun(const KnownMigrations& known,
              SchemaState start,
              TransactionMode mode,
              std::set<std::string> waived);

  [[nodiscard]] std::vector<std::string> missing(std::size_t node) override;
  std::vector<std::string> place(std::size_t node) override;
  [[nodiscard]] OrderReason reason(std::size_t provider,
                                   std::size_t node,
                                   const std::string& key) const override;

  /// What went wrong so far, in order.
  [[nodiscard]] const std::vector<ForeseenProblem>& problems() const { return problems_; }

  /// Which placed migrations of other members each placed one needs, and for what: one edge a pair.
  [[nodiscard]] const std::vector<OrderEdge>& needs() const { return needs_; }

  /// By node: why a new transaction has to begin with it; empty: none has to.
  [[nodiscard]] const std::vector<std::string>& commits() const { return commits_; }

  /// The first one of each placed migration that has any.
  [[nodiscard]] const std::vector<OwnTransaction>& own_transactions() const {
    return own_transactions_;
  }

  /// What the node would meet if it ran now.
  [[nodiscard]] std::vector<SchemaProblem> check(std::size_t node);

  /// The keys of what the node creates.
  [[nodiscard]] std::vector<std::string> provided(std::size_t node) const;

  [[nodiscard]] const SchemaState& state() const { return state_; }

 private:
  /// A footprint that was read. What is asked about is mostly what is placed next.
  struct LastRead {
    std::size_t node = 0;
    DirectionFootprint footprint = {};
  };

  const DirectionFootprint& footprint(std::size_t node);
  void note_needs(std::size_t node);
  void note_own_transaction(std::size_t node);
  [[nodiscard]] bool in_transaction(std::size_t node) const;
  /// In which transaction the node would run if it were next.
  [[nodiscard]] TransactionScope scope_of(std::size_t node) const;
  /// Why it cannot run in the transaction of those before it: it uses what they added to an enum.
  [[nodiscard]] std::string needed_commit(std::size_t node);

  [[nodiscard]] MigrationNumber number(std::size_t node) const {
    return known_.applied() + static_cast<MigrationNumber>(node);
  }

  const KnownMigrations& known_;
  SchemaState state_;
  TransactionMode mode_;
  std::set<std::string> waived_;
  std::unordered_map<std::string, ObjectRef> objects_ = {};  ///< What keys that were missing name.
  std::vector<ForeseenProblem> problems_ = {};
  std::unordered_map<std::string, std::size_t> providers_ = {};  ///< Last node that made each key.
  std::vector<OrderEdge> needs_ = {};
  std::vector<OwnTransaction> own_transactions_ = {};
  std::vector<std::string> commits_ = {};
  std::optional<std::size_t> last_ = {};  ///< The node that was placed last.
  std::optional<LastRead> read_ = {};
};

}  // namespace medusa
