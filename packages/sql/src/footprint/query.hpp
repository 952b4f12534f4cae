// SPDX-License-Identifier: MIT
// Expressions and queries: the columns, types, functions and sequences they use.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "footprint/effects.hpp"
#include "footprint/scope.hpp"

namespace medusa {

/// Whether the expression is evaluated now, or only kept (a view, a default, a function's body).
enum class Evaluation { Now, Later };

/// Walks expressions and queries. What they use becomes effects: Read where they are evaluated now,
/// Need where they are kept.
class Query {
 public:
  Query(Effects& effects, Evaluation evaluation) : effects_(effects), evaluation_(evaluation) {}

  /// An expression over the tables of `scope`.
  void expression(const Node* node, Scope& scope);
  void expressions(NodeList nodes, Scope& scope);

  void select(const PgQuery__SelectStmt& select, Scope* outer);
  void insert(const PgQuery__InsertStmt& insert, Scope* outer);
  void update(const PgQuery__UpdateStmt& update, Scope* outer);
  void remove(const PgQuery__DeleteStmt& remove, Scope* outer);
  void merge(const PgQuery__MergeStmt& merge, Scope* outer);
  /// Any of these.
  void query(const Node* node, Scope* outer);

  /// The type must be there. Returns it if it is neither PostgreSQL's own nor an extension's, nor
  /// an array.
  std::optional<ObjectRef> type(const PgQuery__TypeName& type);

  /// What all of it used: columns, and relations as a whole; types, functions and sequences.
  [[nodiscard]] const std::vector<ObjectRef>& used() const { return used_; }

  /// Whether PostgreSQL's own catalog was asked.
  [[nodiscard]] bool reads_catalog() const { return reads_catalog_; }

 private:
  void walk(const ProtobufCMessage& message, Scope& scope);
  void function_call(const PgQuery__FuncCall& call, Scope& scope);
  void compared_texts(const PgQuery__AExpr& expression, Scope& scope);
  void compared_texts(const PgQuery__CaseExpr& expression, Scope& scope);
  void text_like(const Node* column, const Node* constant, Scope& scope);
  bool sequence_call(const std::string& name, const PgQuery__FuncCall& call);
  void type_cast(const PgQuery__TypeCast& cast, Scope& scope);
  void column(const PgQuery__ColumnRef& column, Scope& scope);
  void sort_items(const PgQuery__SelectStmt& select, Scope& scope);
  void group_items(const PgQuery__SelectStmt& select, Scope& scope);

  void from_item(const Node* node, Scope& scope);
  void from_relation(const PgQuery__RangeVar& relation, Scope& scope);
  void from_function(const PgQuery__RangeFunction& function, Scope& scope);
  void join(const PgQuery__JoinExpr& join, Scope& scope);
  void with(const PgQuery__WithClause* with, Scope& scope);
  /// What was joined without a column of it being named is read all the same.
  void finish(Scope& scope);

  void use(const ObjectRef& object);
  void target(const PgQuery__RangeVar& relation, Scope& scope);
  void write_columns(const PgQuery__RangeVar& relation, NodeList targets, const std::string& how);
  void set_values(NodeList targets, Scope& scope);
  void assigned_texts(const PgQuery__RangeVar& relation, NodeList targets);
  void inserted_texts(const PgQuery__InsertStmt& insert);
  void on_conflict(const PgQuery__InsertStmt& insert, Scope& scope);
  void arbiter(const PgQuery__InferClause& infer, const ObjectRef& table);
  void merge_action(const PgQuery__MergeStmt& merge,
                    const PgQuery__MergeWhenClause& when,
                    Scope& scope);

  Effects& effects_;
  Evaluation evaluation_;
  std::vector<ObjectRef> used_ = {};
  bool reads_catalog_ = false;
};

/// A scope of one table, by its own name: for the expressions in its definition.
[[nodiscard]] Scope scope_of(const ObjectRef& table);

}  // namespace medusa
