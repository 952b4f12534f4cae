// SPDX-License-Identifier: MIT
#pragma once

#include <compare>
#include <string>
#include <string_view>

namespace medusa {

/// What kind of thing in a database.
enum class ObjectKind {
  Schema,
  Extension,
  Table,  ///< Also where SQL only names a relation and does not say of which kind.
  View,   ///< Also materialized.
  Sequence,
  Index,
  Column,
  Constraint,
  Trigger,
  Type,  ///< Enum, domain, composite, range.
  EnumValue,
  Function,  ///< Also procedures and aggregates; by name alone, whatever the arguments.
  Setting,   ///< Of the session, where it gives later statements another meaning: search_path ...
};

[[nodiscard]] std::string_view to_string(ObjectKind kind);

/// Kinds whose names exclude each other within a schema (PostgreSQL manual, "CREATE TABLE": the
/// name of a table must differ from that of any other relation in its schema).
enum class Namespace {
  Schema,
  Extension,
  Relation,
  Column,
  Constraint,
  Trigger,
  Type,
  EnumValue,
  Function,
  Setting,
};

[[nodiscard]] Namespace namespace_of(ObjectKind kind);

/// Names an object as SQL does after folding: no quotes.
struct ObjectRef {
  ObjectKind kind = ObjectKind::Table;
  /// Empty: where the search_path of the upgrade finds or puts it (the history's schema). Always
  /// empty for schemas, extensions and settings.
  std::string schema = {};
  std::string name = {};  ///< Of a part (below): of the relation or type that it is part of.
  std::string part = {};  ///< Column, constraint, trigger, enum value.

  /// `product_variant.title`, `shop.review`, for people.
  [[nodiscard]] std::string text() const;

  /// By namespace, then by name: a table and a view of one name are the same object here.
  friend bool operator==(const ObjectRef& a, const ObjectRef& b);
  friend std::strong_ordering operator<=>(const ObjectRef& a, const ObjectRef& b);
};

}  // namespace medusa
