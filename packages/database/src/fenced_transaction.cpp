// SPDX-License-Identifier: MIT
#include "medusa/database/fenced_transaction.hpp"

namespace medusa {

namespace {

// A standby has no ids to give; that it is one is said elsewhere.
constexpr const char* kIdentity =
    "; SELECT pg_backend_pid(), CASE WHEN NOT pg_is_in_recovery() THEN pg_current_xact_id() END";

}  // namespace

FencedTransaction::FencedTransaction(Connection& connection,
                                     const Fence& fence,
                                     const std::string& settings)
    : transaction_(connection, settings + fence.statements() + kIdentity) {
  const std::vector<QueryResult>& results = transaction_.results();
  const auto& identity = results.back().rows.at(0);
  backend_ = std::stoi(identity.at(0).value_or("0"));
  id_ = identity.at(1).value_or("");
  fence.check({results.end() - 3, results.end() - 1});
}

}  // namespace medusa
