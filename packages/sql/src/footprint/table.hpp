// SPDX-License-Identifier: MIT
// Columns, constraints and indexes: what CREATE TABLE and ALTER TABLE have in common.
#pragma once

#include <string>
#include <vector>

#include "footprint/effects.hpp"
#include "footprint/query.hpp"

namespace medusa {

/// Whether the table is made by this statement, or may have rows already.
enum class TableAge { New, Existing };

/// Adds columns and constraints to one table.
class TableBuilder {
 public:
  TableBuilder(Effects& effects, ObjectRef table, TableAge age)
      : effects_(effects),
        table_(std::move(table)),
        age_(age) {}

  /// The column and its default. Its constraints come later, by `column_constraints`.
  void column(PgQuery__ColumnDef& column, bool primary_key, bool if_not_exists = false);
  void column_constraints(PgQuery__ColumnDef& column);
  void constraint(PgQuery__Constraint& constraint, const std::string& column = {});

  /// The sequence that a column gets its values from. @param identity null for a serial column.
  void owned_sequence(const std::string& column, const PgQuery__Constraint* identity);

  /// The columns that the table-level constraints make the primary key.
  [[nodiscard]] static std::vector<std::string> primary_key(NodeList elements);

 private:
  using Dependencies = std::vector<Effect::Dependency>;

  [[nodiscard]] ObjectRef column_ref(const std::string& name) const {
    return part_of(table_, ObjectKind::Column, name);
  }

  /// What an expression over the table's own columns uses.
  [[nodiscard]] std::vector<ObjectRef> uses_of(const Node* expression, bool evaluated);
  void key(PgQuery__Constraint& constraint, const std::vector<std::string>& columns);
  void exclusion(PgQuery__Constraint& constraint);
  void foreign_key(PgQuery__Constraint& constraint, const std::vector<std::string>& columns);
  void check(PgQuery__Constraint& constraint);
  void existing_index(const PgQuery__Constraint& constraint);
  void create_constraint(PgQuery__Constraint& constraint,
                         const std::string& proposal,
                         Dependencies depends_on);
  void create_index(const PgQuery__Constraint& constraint,
                    const std::string& name,
                    const Dependencies& depends_on,
                    const std::vector<std::string>& columns);

  Effects& effects_;
  ObjectRef table_;
  TableAge age_;
};

/// Needs the type of a column. Returns what the column is made of because of it.
[[nodiscard]] std::vector<Effect::Dependency> type_dependencies(Effects& effects,
                                                                const PgQuery__TypeName& type);

/// The effects of the columns, expressions, operator classes and collations of an index or
/// partition key.
[[nodiscard]] std::vector<ObjectRef> index_element_uses(Effects& effects,
                                                        const ObjectRef& table,
                                                        NodeList elements,
                                                        const std::string& access_method);

}  // namespace medusa
