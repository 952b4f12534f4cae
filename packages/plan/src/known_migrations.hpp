// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "medusa/catalog/catalog.hpp"
#include "medusa/core/location.hpp"
#include "medusa/core/transaction_mode.hpp"
#include "medusa/plan/history.hpp"
#include "medusa/plan/upgrade_facts.hpp"
#include "medusa/schema/problem.hpp"

namespace medusa {

/// "table review", "column product.title"; the schema is named only if it is another one.
[[nodiscard]] std::string described(ObjectRef object, const std::string& default_schema);

/// An applied migration that no member ships.
struct MissingMigration {
  std::string name = {};
  std::int64_t timestamp = 0;
  DirectionFootprint footprint = {};  ///< As recorded, or opaque.
};

/// Everything with a footprint that matters to one upgrade, numbered: what is applied, in order of
/// execution, then what is pending, in TypeORM's order. What changed since it was applied has the
/// footprint that was recorded then. References must outlive it. Footprints are read when they are
/// asked for: with thousands of migrations all of them at once are too much.
class KnownMigrations {
 public:
  KnownMigrations(const Catalog& catalog,
                  const History& history,
                  const std::vector<const Migration*>& pending,
                  const UpgradeFacts& facts);

  [[nodiscard]] std::size_t size() const { return migrations_.size(); }

  /// The object for people.
  [[nodiscard]] std::string text(const ObjectRef& object) const {
    return described(object, default_schema_);
  }

  /// How many are applied: the number of the first pending one.
  [[nodiscard]] MigrationNumber applied() const { return applied_; }

  [[nodiscard]] const Migration& at(MigrationNumber number) const { return *migrations_[number]; }

  /// What it does, or did, when it runs; read anew at each call.
  [[nodiscard]] DirectionFootprint footprint(MigrationNumber number) const;

  /// In order of execution.
  [[nodiscard]] const std::vector<MissingMigration>& missing() const { return missing_; }

  /// Whether it is applied, and something else lies here today.
  [[nodiscard]] bool is_changed(MigrationNumber number) const { return changed_.contains(number); }

  /// Whether it runs inside a transaction.
  [[nodiscard]] bool in_transaction(MigrationNumber number, TransactionMode mode) const;

  /// Where a statement of it is written; of a changed one, where the migration is.
  [[nodiscard]] Location place(MigrationNumber number, std::size_t statement) const;

  /// The same, of its footprint that is at hand.
  [[nodiscard]] Location place_in(const DirectionFootprint& footprint,
                                  MigrationNumber number,
                                  std::size_t statement) const;

  /// Where it first does that to the object, or where the migration is, if no statement names it.
  [[nodiscard]] Location place_of(MigrationNumber number,
                                  Action action,
                                  const ObjectRef& object) const;

  /// Whether a statement of it does that to an object of that name, in whatever schema.
  [[nodiscard]] bool does(MigrationNumber number, Action action, const ObjectRef& object) const;

 private:
  std::string default_schema_;
  std::vector<const Migration*> migrations_;
  const FootprintIndex& footprints_;
  const Journal& journal_;
  std::map<MigrationNumber, DirectionFootprint> changed_ = {};
  std::vector<MissingMigration> missing_ = {};
  MigrationNumber applied_ = 0;
};

}  // namespace medusa
