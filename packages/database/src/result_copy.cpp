// SPDX-License-Identifier: MIT
#include "result_copy.hpp"

#include <optional>
#include <string>

namespace medusa {

namespace {

std::string error_field(const PGresult* result, int code) {
  const char* value = PQresultErrorField(result, code);
  return value != nullptr ? value : "";
}

}  // namespace

SqlErrorFields error_fields_of(const PGresult* result) {
  return {.severity = error_field(result, PG_DIAG_SEVERITY_NONLOCALIZED),
          .sqlstate = error_field(result, PG_DIAG_SQLSTATE),
          .message = error_field(result, PG_DIAG_MESSAGE_PRIMARY),
          .detail = error_field(result, PG_DIAG_MESSAGE_DETAIL),
          .hint = error_field(result, PG_DIAG_MESSAGE_HINT),
          .position = error_field(result, PG_DIAG_STATEMENT_POSITION),
          .internal_position = error_field(result, PG_DIAG_INTERNAL_POSITION),
          .internal_query = error_field(result, PG_DIAG_INTERNAL_QUERY),
          .where = error_field(result, PG_DIAG_CONTEXT),
          .schema = error_field(result, PG_DIAG_SCHEMA_NAME),
          .table = error_field(result, PG_DIAG_TABLE_NAME),
          .column = error_field(result, PG_DIAG_COLUMN_NAME),
          .data_type = error_field(result, PG_DIAG_DATATYPE_NAME),
          .constraint = error_field(result, PG_DIAG_CONSTRAINT_NAME),
          .file = error_field(result, PG_DIAG_SOURCE_FILE),
          .line = error_field(result, PG_DIAG_SOURCE_LINE),
          .routine = error_field(result, PG_DIAG_SOURCE_FUNCTION)};
}

ServerNotice notice_of(const PGresult* result) {
  return {.severity = error_field(result, PG_DIAG_SEVERITY_NONLOCALIZED),
          .sqlstate = error_field(result, PG_DIAG_SQLSTATE),
          .message = error_field(result, PG_DIAG_MESSAGE_PRIMARY),
          .detail = error_field(result, PG_DIAG_MESSAGE_DETAIL),
          .hint = error_field(result, PG_DIAG_MESSAGE_HINT),
          .routine = error_field(result, PG_DIAG_SOURCE_FUNCTION)};
}

QueryResult copy_of(const PGresult* result) {
  QueryResult copied;
  // PQcmdStatus only reads; its parameter is not const for historical reasons.
  copied.tag = PQcmdStatus(const_cast<PGresult*>(result));
  const int columns = PQnfields(result);
  for (int i = 0; i < columns; ++i) {
    copied.fields.push_back({.name = PQfname(result, i),
                             .type = PQftype(result, i),
                             .table = PQftable(result, i),
                             .column = PQftablecol(result, i),
                             .size = PQfsize(result, i),
                             .modifier = PQfmod(result, i)});
  }
  const int rows = PQntuples(result);
  copied.rows.reserve(static_cast<std::size_t>(rows));
  for (int row = 0; row < rows; ++row) {
    auto& values = copied.rows.emplace_back();
    values.reserve(static_cast<std::size_t>(columns));
    for (int i = 0; i < columns; ++i) {
      if (PQgetisnull(result, row, i) != 0) {
        values.emplace_back(std::nullopt);
      } else {
        values.emplace_back(std::string(PQgetvalue(result, row, i),
                                        static_cast<std::size_t>(PQgetlength(result, row, i))));
      }
    }
  }
  return copied;
}

}  // namespace medusa
