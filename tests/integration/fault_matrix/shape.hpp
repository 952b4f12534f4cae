// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "medusa/database/connection.hpp"

#include "test_database.hpp"

namespace medusa::fault {

/// Relations, columns, defaults, constraints, indexes with their validity, functions, types and the
/// data of a database's schema public, as sorted lines; without the data of the tables in which
/// runs are recorded (ids and times differ from run to run). Quicker than pg_dump by far.
[[nodiscard]] std::string shape_of(Connection& connection);

/// pg_dump's text, likewise without those tables' data.
[[nodiscard]] std::string dump_of(const TestDatabase& database);

}  // namespace medusa::fault
