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

/// A statement's parameters as libpq wants them; points into `parameters`.
class ParameterArrays {
 public:
  explicit ParameterArrays(const std::vector<Parameter>& parameters) {
    for (const Parameter& parameter : parameters) {
      values.push_back(parameter.value.has_value() ? parameter.value->c_str() : nullptr);
      lengths.push_back(parameter.value.has_value() ? static_cast<int>(parameter.value->size())
                                                    : 0);
      formats.push_back(parameter.is_binary ? 1 : 0);
    }
  }

  std::vector<const char*> values = {};
  std::vector<int> lengths = {};
  std::vector<int> formats = {};
};

}  // namespace

Pipeline::Pipeline(Connection& connection) : connection_(connection) {
  if (PQenterPipelineMode(connection.state_->policy.raw()) == 0) {
    throw connection.state_->lost(PQerrorMessage(connection.state_->policy.raw()));
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
  PGconn* const raw = connection_.state_->policy.raw();
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
  ++under_way_;
  ++not_flushed_;
}

void Pipeline::flush() {
  if (not_flushed_ == 0) {
    return;
  }
  PGconn* const raw = connection_.state_->policy.raw();
  if (PQsendFlushRequest(raw) == 0 || PQflush(raw) < 0) {
    throw connection_.state_->lost(PQerrorMessage(raw));
  }
  not_flushed_ = 0;
}

QueryResult Pipeline::receive() {
  if (under_way_ == not_flushed_) {
    flush();  // the oldest has not been asked for
  }
  PGconn* const raw = connection_.state_->policy.raw();
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
  PGconn* const raw = connection_.state_->policy.raw();
  if (PQpipelineStatus(raw) == PQ_PIPELINE_OFF) {
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
