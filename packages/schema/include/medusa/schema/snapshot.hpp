// SPDX-License-Identifier: MIT
// The schema of one database as a plain list: what is read from a live one, and what two are
// compared by.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "medusa/schema/filled_table.hpp"
#include "medusa/schema/overload.hpp"
#include "medusa/sql/footprint.hpp"
#include "medusa/sql/object.hpp"

namespace medusa {

/// One object. Its schema is always said, except of schemas and extensions, which have none.
struct SchemaObject {
  ObjectRef ref = {};
  /// As in Effect: what it goes with. A part's table or type, and the schema, go without saying.
  std::vector<Effect::Dependency> depends_on = {};
  /// As in Effect; empty: not known. Of an index of a database as PostgreSQL writes it, apart from
  /// its name and the table's schema.
  std::string definition = {};
  ColumnType type = {};  ///< Of a column, as in Effect.
  /// Of a view: its columns. Of an index: as in Effect.
  std::optional<std::vector<std::string>> signature = {};
  bool is_primary_key = false;           ///< Of an index.
  std::vector<Overload> overloads = {};  ///< Of functions: all that have the name.

  friend bool operator==(const SchemaObject&, const SchemaObject&) = default;
};

/// All of them, in any order.
struct SchemaSnapshot {
  std::vector<SchemaObject> objects = {};
  /// Rules of relations, apart from those that make views what they are: no object of migrations,
  /// but as triggers they may do anything when rows change. Named as triggers are.
  std::vector<ObjectRef> rules = {};
  /// Those that may have rows, in any order; empty tables are left out.
  std::vector<FilledTable> filled_tables = {};
  /// Extensions that could be created; empty: not known.
  std::vector<std::string> available_extensions = {};
  /// What a connection begins with, `$user` as it is; empty: not known.
  std::vector<std::string> search_path = {};
  std::string user = {};   ///< Whose schema `$user` is.
  int server_version = 0;  ///< As server_version_num: 150004. 0: not known.
};

/// What two snapshots differ in, a line each, sorted: `- table product` is only in the first,
/// `+ index i` only in the second. Compares kinds and names; objects that belong to an extension
/// are left out, since no migration names them.
[[nodiscard]] std::vector<std::string> differences(const SchemaSnapshot& first,
                                                   const SchemaSnapshot& second);

}  // namespace medusa
