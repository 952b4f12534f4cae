// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "medusa/plan/upgrade_facts.hpp"

namespace medusa {

/// The tables with rows while an upgrade goes on: they are renamed, altered and dropped, and a new
/// one may take the name of an old one.
class LiveTables {
 public:
  explicit LiveTables(const UpgradeFacts& facts);

  /// Whether no table is known that has rows; none comes to have any.
  [[nodiscard]] bool empty() const { return tables_.empty(); }

  /// The table that the name means; null if it is empty, new or none.
  [[nodiscard]] const FilledTable* find(const ObjectRef& table) const;

  /// The column; null if it is not known.
  [[nodiscard]] const FilledTable::Column* column(const ObjectRef& table,
                                                  const std::string& name) const;

  /// What the statement leaves behind. @pre it is always sent.
  void apply(const StatementFootprint& statement);

 private:
  [[nodiscard]] std::string key_of(const ObjectRef& object) const;
  [[nodiscard]] FilledTable* table_of(const ObjectRef& object);
  [[nodiscard]] FilledTable::Column* column_of(const ObjectRef& object);
  void apply(const Effect& effect);
  void rename(const Effect& effect);
  void alter(const Effect& effect);
  void create(const Effect& effect);
  void take_types(const StatementFootprint& statement);

  std::vector<std::string> schemas_ = {};  ///< Where unqualified names are looked for.
  std::unordered_map<std::string, FilledTable> tables_ = {};  ///< By schema and name.
  /// CHECK (x IS NOT NULL) NOT VALID of this upgrade: the column, by constraint.
  std::unordered_map<std::string, std::string> checks_ = {};
};

}  // namespace medusa
