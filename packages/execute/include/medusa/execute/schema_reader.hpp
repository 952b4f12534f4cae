// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "medusa/database/connection.hpp"
#include "medusa/schema/snapshot.hpp"

namespace medusa {

/// What the connection's database has in all schemas that are not PostgreSQL's own: one round trip.
///
/// Dependencies are pg_depend's: owned are those that go without CASCADE. Definitions are not read.
/// Objects of extensions are listed, as owned by their extension. Names of types stand for arrays
/// of them, names of functions for all of that name, views for their columns. Indexes of TOAST
/// tables, types of rows and arrays, internal triggers and not-null constraints (PostgreSQL 18) are
/// no objects of their own.
/// @throws SqlError; Error with ErrorCode::Database if the connection is lost.
[[nodiscard]] SchemaSnapshot read_schema(Connection& connection);

/// Adds to the snapshot how its indexes of these names, in whatever schema, are defined. Those of
/// tables that somebody has locked are left out: PostgreSQL would wait. Throws likewise.
void read_index_definitions(Connection& connection,
                            const std::vector<std::string>& names,
                            SchemaSnapshot& snapshot);

}  // namespace medusa
