// SPDX-License-Identifier: MIT
// What SQL does to a database, read from its parse tree: which objects it creates, needs, changes
// and drops, and which rows it reads and writes. Sound: what cannot be known makes the statement
// opaque, with the reason; never a footprint that is too small.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "medusa/sql/hazard.hpp"
#include "medusa/sql/object.hpp"

namespace medusa {

enum class Action {
  Create,  ///< It comes into being.
  Need,    ///< It must exist; it stays as it is.
  Alter,   ///< It must exist and changes: type, default, nullability, owner, definition ...
  Rename,  ///< It gets the name `renamed_to` (and, if that has one, the schema).
  Drop,
  /// Rows are read, and what is named must exist. A relation as a whole: which columns is not
  /// known, or all that it has.
  Read,
  /// Rows are inserted, changed or removed, or a sequence or setting changes. Otherwise as Read.
  Write,
};

[[nodiscard]] std::string_view to_string(Action action);

/// One thing that a statement does, in the order in which PostgreSQL would.
struct Effect {
  Action action = Action::Need;
  ObjectRef object = {};
  /// IF NOT EXISTS, IF EXISTS, OR REPLACE, or a branch that is not always taken: nothing happens,
  /// and nothing fails, if the object is there already (Create) or is not there (the others).
  bool conditional = false;
  bool cascade = false;                      ///< Drop: takes what depends on it along.
  bool replaces = false;                     ///< Create: OR REPLACE.
  std::optional<ObjectRef> renamed_to = {};  ///< Rename.

  /// Create: the name is PostgreSQL's choice, built from this proposal; if it is taken, a number is
  /// appended (manual, "CREATE INDEX", "CREATE TABLE"; source: ChooseRelationName,
  /// ChooseConstraintName).
  bool generated_name = false;

  /// Need: of the text of a function's body, which is only looked at while check_function_bodies is
  /// on (manual, "check_function_bodies").
  bool of_body = false;

  /// Create of a relation: it has columns that the effects do not list (LIKE, INHERITS, PARTITION
  /// OF, AS SELECT, and all views).
  bool columns_unknown = false;

  /// Create: what the object is made of and cannot exist without. It goes when one of these is
  /// dropped: at once where `owned` (an index or constraint of a column, a column of a table, an
  /// owned sequence), otherwise only with CASCADE (a view of a table, a column of a type). A
  /// relation stands for itself and any of its columns. Alter: what it is made of from now on, too.
  /// Write of the setting search_path: its schemas, in their order; they need not exist.
  struct Dependency {
    ObjectRef object = {};
    bool owned = false;
    bool is_type = false;  ///< Of a column: its values are of this type, not of arrays of it.

    friend bool operator==(const Dependency&, const Dependency&) = default;
  };

  std::vector<Dependency> depends_on = {};

  /// Create: the normal form of its definition, to tell two definitions of one name apart. Columns:
  /// type, default, nullability. Enum values: their place ("1", "2" ... of a new type, then "last",
  /// "before x", "after x"). Alter: what becomes of it ("SET NOT NULL", "TYPE int"). Write: how
  /// rows change ("insert", "update", "delete", "truncate", "advance" and "restart" of a sequence),
  /// or "set", "set local", "reset" and "reset local" of a setting, for check_function_bodies "set
  /// on", "set local off" and so on.
  /// Read of a relation: "rows" if only how many rows there are matters, not the columns. Need of a
  /// relation: "whole" if it is all its columns that are needed, "like" if constraints and indexes
  /// count, too.
  std::string definition = {};

  /// Create of a column, and Alter that changes its type: the type, as far as ColumnType knows it.
  ColumnType type = {};

  /// What tells it apart beyond its name; absent: not known, or none. Create of an index: its
  /// columns, if it keeps each of their values at most once, at once, in all rows. Create of a
  /// view: its columns. Create and Drop of a function: the types of its input arguments.
  std::optional<std::vector<std::string>> signature = {};

  /// Create of a function: what it returns ("int4", "setof text", "procedure"). Create of an index:
  /// "primary key". Empty: not known, or nothing of that.
  std::string result = {};

  friend bool operator==(const Effect&, const Effect&) = default;
};

/// ON CONFLICT (columns), without a condition: PostgreSQL refuses it where no index of the table
/// keeps just these unique (SQLSTATE 42P10).
struct Arbiter {
  ObjectRef table = {};
  std::vector<std::string> columns = {};

  friend bool operator==(const Arbiter&, const Arbiter&) = default;
};

/// A constant text that PostgreSQL turns into a value of some type when it reads the statement. If
/// that is an enum, the statement uses the enum's value of that name.
struct ConstantText {
  /// A type; a column, whose type it is; or a table, of which `position` says the column.
  ObjectRef of = {};
  std::size_t position = 0;  ///< Of a table: its first column is 1.
  std::string text = {};
  bool of_body = false;  ///< As Effect::of_body.

  friend bool operator==(const ConstantText&, const ConstantText&) = default;
};

/// What one statement does.
struct StatementFootprint {
  std::vector<Effect> effects = {};

  /// Texts that may be values of enums: none longer than a name can be, and of a column that one
  /// INSERT gives more different texts than enums have, none at all.
  std::vector<ConstantText> texts = {};

  std::vector<Arbiter> arbiters = {};

  /// The whole statement does nothing unless this relation is there (ALTER TABLE IF EXISTS), or is
  /// not (CREATE TABLE IF NOT EXISTS). Its effects are `conditional` then, too; what it needs to
  /// create something is not.
  struct Guard {
    ObjectRef object = {};
    bool must_exist = false;

    friend bool operator==(const Guard&, const Guard&) = default;
  };

  std::optional<Guard> guard = {};

  /// It is undone as a whole, and nothing fails, if PostgreSQL refuses it for one of these reasons
  /// ("duplicate_table"): a handler in PL/pgSQL leaves them aside. Its effects are `conditional`.
  std::vector<std::string> handled = {};

  /// Why more may happen than `effects` says, in words that follow "its effects are not known: ";
  /// empty: that is all.
  std::string opaque = {};

  /// What it may do to tables that have rows and users, temporary ones aside.
  std::vector<Hazard> hazards = {};

  friend bool operator==(const StatementFootprint&, const StatementFootprint&) = default;
};

/// What earlier statements changed for later ones.
struct Session {
  /// The schema of unqualified names since a SET search_path of that one alone; absent: unchanged,
  /// or several, of which whoever knows the schema has to choose. Empty: not known.
  std::optional<std::string> search_path = {};
  bool checks_function_bodies = true;
  std::vector<std::string> temporary = {};  ///< Names of temporary tables and sequences.
};

/// Reads the statements of one migration in order; knows what earlier ones changed for later ones
/// (SET search_path, temporary tables).
class FootprintReader {
 public:
  FootprintReader() = default;

  explicit FootprintReader(Session session) : session_(std::move(session)) {}

  /// The footprints of the statements of `sql`, as `split_statements` divides it.
  /// @throws Error as split_statements does.
  [[nodiscard]] std::vector<StatementFootprint> read(std::string_view sql);

 private:
  Session session_ = {};
};

}  // namespace medusa
