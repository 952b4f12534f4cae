// SPDX-License-Identifier: MIT
#include "result_listener.hpp"

#include "result_copy.hpp"

namespace medusa {

void ResultListener::attach(PGconn* connection) {
  PQregisterEventProc(connection, &ResultListener::on_event, "medusa result listener", this);
}

void ResultListener::clear() {
  results_.clear();
  error_.reset();
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
        error_ = error_fields_of(result);
      }
      break;
    case PGRES_COPY_IN:
    case PGRES_COPY_OUT:
    case PGRES_COPY_BOTH:
      break;  // the data, and a result, are still to come
    default:
      results_.push_back(copy_of(result));
  }
}

}  // namespace medusa
