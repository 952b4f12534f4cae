// SPDX-License-Identifier: MIT
#include "medusa/database/fence.hpp"

#include <utility>

#include "medusa/core/checksum.hpp"
#include "medusa/core/error.hpp"
#include "medusa/database/connection.hpp"

#include "lost_lock.hpp"

namespace medusa {

namespace {

/// 60 bits of a hash: positive, as two halves and as a whole.
std::int64_t key_of(const std::string& text) {
  constexpr std::size_t kDigits = 15;
  return std::stoll(short_sha256(text, kDigits), nullptr, 16);
}

}  // namespace

RunLockKeys RunLockKeys::of(const std::string& schema, const std::string& table) {
  return {.run = key_of("medusa " + table + ' ' + schema),
          .writers = key_of("medusa writers " + table + ' ' + schema)};
}

std::string is_advisory_lock(std::int64_t key) {
  // pg_locks shows a 64-bit key as two halves; objsubid 1 says that it is one.
  constexpr unsigned kHalf = 32;
  return "locktype = 'advisory' AND granted AND objsubid = 1 AND classid = " +
         std::to_string(key >> kHalf) + " AND objid = " + std::to_string(key & 0xffffffff) +
         " AND database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = "
         "current_database())";
}

Fence::Fence(RunLockKeys keys, int pid, std::string transaction)
    : keys_(keys),
      pid_(pid),
      transaction_(std::move(transaction)) {}

std::string Fence::statements() const {
  // The order matters: only who has `writers` can be sure that nobody begins after the look.
  return "SELECT pg_try_advisory_xact_lock_shared(" + std::to_string(keys_.writers) +
         "); SELECT EXISTS (SELECT FROM pg_catalog.pg_locks WHERE " + is_advisory_lock(keys_.run) +
         " AND mode = 'ExclusiveLock' AND pid = " + std::to_string(pid_) +
         " AND virtualtransaction = " + quote_literal(transaction_) + ')';
}

std::string Fence::hold() const {
  return "SELECT pg_advisory_lock_shared(" + std::to_string(keys_.writers) + ')';
}

std::string Fence::release() const {
  return "SELECT pg_advisory_unlock_shared(" + std::to_string(keys_.writers) + ')';
}

void Fence::check(const std::vector<QueryResult>& results) const {
  for (const QueryResult& result : results) {
    if (result.rows.at(0).at(0) != "t") {
      throw lost_lock("its connection ended; another run may work by now");
    }
  }
}

}  // namespace medusa
