// SPDX-License-Identifier: MIT
// Collects what one statement does, and finds out which object a name means.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "medusa/sql/footprint.hpp"

#include "footprint/node.hpp"

namespace medusa {

class Effects {
 public:
  Effects(Session& session, StatementFootprint& footprint)
      : session_(session),
        footprint_(footprint) {}

  /// Adds it, unless exactly this has been said already. What concerns temporary relations stays
  /// out.
  void add(Effect effect);

  void need(const ObjectRef& object) { add({.action = Action::Need, .object = object}); }

  /// Whether there are rows and how many matters, but none of the columns by itself.
  void read_rows(const ObjectRef& object) {
    add({.action = Action::Read, .object = object, .definition = "rows"});
  }

  void read(const ObjectRef& object) { add({.action = Action::Read, .object = object}); }

  void write(const ObjectRef& object, std::string how) {
    add({.action = Action::Write, .object = object, .definition = std::move(how)});
  }

  void alter(const ObjectRef& object, std::string what) {
    add({.action = Action::Alter, .object = object, .definition = std::move(what)});
  }

  /// The text becomes a value; unless it is too long for a name.
  void text(ConstantText constant);

  /// More may happen, for this reason. The first one stays.
  void opaque(std::string reason);

  /// What the name means where this statement runs.
  [[nodiscard]] ObjectRef object(ObjectKind kind, std::string_view schema, std::string_view name);
  [[nodiscard]] ObjectRef object(ObjectKind kind, const std::vector<std::string>& qualified_name);
  [[nodiscard]] ObjectRef relation(const PgQuery__RangeVar& name,
                                   ObjectKind kind = ObjectKind::Table);
  /// The relation that the text of a regclass names: `nextval('"a"."b_seq"')`. Nothing if it is
  /// none.
  [[nodiscard]] std::optional<ObjectRef> relation_in_text(const std::string& text, ObjectKind kind);

  /// Whether the relation is a temporary one.
  [[nodiscard]] bool temporary(const PgQuery__RangeVar& name) const;
  [[nodiscard]] bool temporary(const ObjectRef& relation) const;

  /// Need of the schema in which something is created.
  void need_schema_of(const ObjectRef& created);

  /// From now on, all depends on whether the relation is there.
  void guard(const ObjectRef& object, bool must_exist) {
    footprint_.guard = {.object = object, .must_exist = must_exist};
  }

  [[nodiscard]] Session& session() { return session_; }

  [[nodiscard]] StatementFootprint& footprint() { return footprint_; }

  /// What is known so far.
  [[nodiscard]] const std::vector<Effect>& effects() const { return footprint_.effects; }

 private:
  Session& session_;
  StatementFootprint& footprint_;
};

/// A part of a relation or type: a column, a constraint ...
[[nodiscard]] ObjectRef part_of(const ObjectRef& whole, ObjectKind kind, std::string_view name);

/// Whether the name belongs to PostgreSQL's own catalog: pg_class, information_schema.tables.
[[nodiscard]] bool is_system_relation(std::string_view schema, std::string_view name);

}  // namespace medusa
