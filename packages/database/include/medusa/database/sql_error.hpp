// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <exception>
#include <string>
#include <string_view>

namespace medusa {

/// The fields of PostgreSQL's ErrorResponse; empty where the server sent none.
/// https://www.postgresql.org/docs/current/protocol-error-fields.html
struct SqlErrorFields {
  std::string severity = {};
  std::string sqlstate = {};
  std::string message = {};
  std::string detail = {};
  std::string hint = {};
  std::string position = {};  ///< In characters from 1, in the text sent.
  std::string internal_position = {};
  std::string internal_query = {};
  std::string where = {};
  std::string schema = {};
  std::string table = {};
  std::string column = {};
  std::string data_type = {};
  std::string constraint = {};
  std::string file = {};
  std::string line = {};
  std::string routine = {};
  /// Not the server's, but ours: how many statements of a text of several had been executed.
  std::size_t statements_before = 0;
};

/// The server refused a statement; the connection is still usable.
class SqlError final : public std::exception {
 public:
  explicit SqlError(SqlErrorFields fields);

  [[nodiscard]] const char* what() const noexcept override { return what_.c_str(); }

  [[nodiscard]] const SqlErrorFields& fields() const noexcept { return fields_; }

  [[nodiscard]] std::string_view sqlstate() const noexcept { return fields_.sqlstate; }

 private:
  SqlErrorFields fields_;
  std::string what_;
};

/// What people call an SQLSTATE, e.g. "42P07" is "duplicate table"; empty if it has no common name.
/// https://www.postgresql.org/docs/current/errcodes-appendix.html
[[nodiscard]] std::string_view sqlstate_name(std::string_view sqlstate);

}  // namespace medusa
