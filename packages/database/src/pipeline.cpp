// SPDX-License-Identifier: MIT
#include "medusa/database/pipeline.hpp"

#include <algorithm>
#include <memory>

#include "medusa/system/interruption.hpp"

#include "connection_state.hpp"
#include "result_copy.hpp"

namespace medusa {

namespace {

using OwnedResult = std::unique_ptr<PGresult, decltype(&PQclear)>;

OwnedResult next_result(PGconn* raw) {
  return {PQgetResult(raw), &PQclear};
}

}  // namespace

Pipeline::Pipeline(Connection& connection) : connection_(connection) {
  if (PQenterPipelineMode(connection.state_->raw()) == 0) {
    throw connection.state_->lost(PQerrorMessage(connection.state_->raw()));
  }
}

Pipeline::~Pipeline() {
  end();
}

void Pipeline::send(std::string_view sql, const std::vector<Parameter>& parameters) {
  Interruption::check();
  if (std::any_of(parameters.begin(), parameters.end(), has_nul)) {
    send(kRefusedNul, {});  // the server says so, in its place in the order
    return;
  }
  PGconn* const raw = connection_.state_->raw();
  const ParameterArrays arrays(parameters);
  const int sent = PQsendQueryParams(raw,
                                     std::string(sql).c_str(),
                                     static_cast<int>(parameters.size()),
                                     nullptr,
                                     arrays.values.data(),
                                     arrays.lengths.data(),
                                     arrays.formats.data(),
                                     0);
  if (sent == 0) {
    throw connection_.state_->lost(PQerrorMessage(raw));
  }
  ++connection_.state_->statements;
  ++under_way_;
  ++not_flushed_;
}

void Pipeline::flush() {
  if (not_flushed_ == 0) {
    return;
  }
  PGconn* const raw = connection_.state_->raw();
  if (PQsendFlushRequest(raw) == 0 || PQflush(raw) < 0) {
    throw connection_.state_->lost(PQerrorMessage(raw));
  }
  not_flushed_ = 0;
}

QueryResult Pipeline::receive() {
  if (under_way_ == not_flushed_) {
    flush();  // the oldest has not been asked for
  }
  PGconn* const raw = connection_.state_->raw();
  if (!connection_.state_->wait_for_result()) {
    throw connection_.state_->give_up();
  }
  const OwnedResult result = next_result(raw);
  if (result == nullptr) {
    throw connection_.state_->lost(PQerrorMessage(raw));
  }
  const ExecStatusType status = PQresultStatus(result.get());
  if (status == PGRES_FATAL_ERROR || status == PGRES_BAD_RESPONSE) {
    SqlErrorFields fields = error_fields_of(result.get());
    if (fields.message.empty()) {
      fields.message = PQresultErrorMessage(result.get());  // libpq's own, of a lost connection
    }
    end();
    connection_.state_->fail(fields);
  }
  --under_way_;
  QueryResult copied = copy_of(result.get());
  // A statement's results end with a null.
  while (next_result(raw) != nullptr) {
  }
  return copied;
}

void Pipeline::end() noexcept {
  PGconn* const raw = connection_.state_->raw();
  if (PQpipelineStatus(raw) == PQ_PIPELINE_OFF || connection_.state_->given_up) {
    return;
  }
  under_way_ = 0;
  not_flushed_ = 0;
  if (PQpipelineSync(raw) != 0) {
    // Two nulls in a row only come when nothing is left, or nothing can come.
    bool was_null = false;
    while (PQstatus(raw) == CONNECTION_OK) {
      const OwnedResult result = next_result(raw);
      if (result == nullptr && was_null) {
        break;
      }
      was_null = result == nullptr;
      if (result != nullptr && PQresultStatus(result.get()) == PGRES_PIPELINE_SYNC) {
        break;
      }
    }
  }
  PQexitPipelineMode(raw);
}

}  // namespace medusa
