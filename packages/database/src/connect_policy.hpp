// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <libpq-fe.h>
#include <string>

#include <pqxx/connectionpolicy.hxx>

#include "medusa/database/connection.hpp"

#include "result_listener.hpp"

namespace medusa {

/// How libpqxx opens our connections: with a time limit, a listener on every result, and the
/// SQLSTATE of a failure instead of guesses from its text.
class ConnectPolicy : public pqxx::connectionpolicy {
 public:
  ConnectPolicy(const DatabaseUrl& url, const ConnectionOptions& options, ResultListener& listener);

  handle do_startconnect(handle original) override;

  /// libpq's own handle: for PQcancel, which is allowed from another thread.
  [[nodiscard]] handle raw() const { return raw_; }

 private:
  [[nodiscard]] PGconn* open();

  const DatabaseUrl& url_;
  ConnectionOptions settings_;
  ResultListener& listener_;
  handle raw_ = nullptr;
};

}  // namespace medusa
