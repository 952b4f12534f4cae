// SPDX-License-Identifier: MIT
#include "result_listener.hpp"

#include <string>

namespace medusa {

namespace {

std::string error_field(const PGresult* result, int code) {
  const char* value = PQresultErrorField(result, code);
  return value != nullptr ? value : "";
}

SqlErrorFields error_fields(const PGresult* result) {
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

QueryResult copy(const PGresult* result) {
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

}  // namespace

void ResultListener::attach(PGconn* connection) {
  PQregisterEventProc(connection, &ResultListener::on_event, "medusa result listener", this);
}

void ResultListener::clear() {
  results_.clear();
  error_.reset();
  copying_ = false;
}

int ResultListener::on_event(PGEventId id, void* info, void* listener) {
  if (id == PGEVT_RESULTCREATE) {
    const auto* created = static_cast<const PGEventResultCreate*>(info);
    try {
      static_cast<ResultListener*>(listener)->collect(created->result);
    } catch (...) {
      return 0;  // out of memory: libpq turns the result into an error
    }
  }
  return 1;
}

void ResultListener::collect(const PGresult* result) {
  switch (PQresultStatus(result)) {
    case PGRES_FATAL_ERROR:
    case PGRES_NONFATAL_ERROR:
    case PGRES_BAD_RESPONSE:
      if (!error_.has_value()) {
        error_ = error_fields(result);
      }
      break;
    case PGRES_COPY_IN:
    case PGRES_COPY_OUT:
    case PGRES_COPY_BOTH:
      copying_ = true;
      break;
    default:
      results_.push_back(copy(result));
  }
}

}  // namespace medusa
