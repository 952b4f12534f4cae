// SPDX-License-Identifier: MIT
// Indexes as the database has them. One whose building concurrently was cut short stays behind: not
// used by queries, but maintained, and in the way of its name ("Building Indexes Concurrently" in
// PostgreSQL's manual page of CREATE INDEX).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "medusa/database/connection.hpp"
#include "medusa/sql/plain_statement.hpp"

namespace medusa {

struct LiveIndex {
  std::string oid = {};
  std::string name = {};   ///< As SQL, qualified if need be.
  std::string table = {};  ///< Likewise.
  bool valid = false;
};

/// The index that the name means on this connection; nothing if there is none.
[[nodiscard]] std::optional<LiveIndex> find_index(Connection& connection, const RelationName& name);

/// The indexes of that table.
[[nodiscard]] std::vector<LiveIndex> indexes_of(Connection& connection, const RelationName& table);

/// Every index of the database that is not valid.
[[nodiscard]] std::vector<LiveIndex> invalid_indexes(Connection& connection);

/// Whether a session is building it.
[[nodiscard]] bool is_being_built(Connection& connection, const LiveIndex& index);

}  // namespace medusa
