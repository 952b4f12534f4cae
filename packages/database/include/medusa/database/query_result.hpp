// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace medusa {

/// A column of a result, as the server's RowDescription message gives it.
struct Field {
  std::string name = {};
  std::uint32_t type = 0;   ///< OID of the data type.
  std::uint32_t table = 0;  ///< OID of the table it comes from, or 0.
  int column = 0;           ///< Its number in that table, or 0.
  int size = 0;
  int modifier = 0;
};

/// What the server answered to one statement. Values are in PostgreSQL's text format; an absent
/// value is NULL.
struct QueryResult {
  std::string tag = {};  ///< Command tag, e.g. "UPDATE 3", "CREATE TABLE".
  std::vector<Field> fields = {};
  std::vector<std::vector<std::optional<std::string>>> rows = {};
};

}  // namespace medusa
