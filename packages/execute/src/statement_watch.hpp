// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "medusa/database/run_lock.hpp"
#include "medusa/execute/blocker.hpp"
#include "medusa/execute/index_build.hpp"

namespace medusa {

/// Finds out what a statement of the work connection does while it takes long: who blocks it, how
/// far its index is. Afterwards nobody knows. Asks in the same thread, on a connection that is only
/// opened then; costs nothing while all goes fast.
///
/// Never asks in the lock's transaction while an index may be built concurrently: the build waits
/// for the end of every transaction that it finds with a snapshot, be it one of a moment, and the
/// lock's ends with the run. Behind a pooler, which may have no connection left, it asks there, and
/// is not to be used for what runs outside a transaction.
class StatementWatch {
 public:
  struct Listeners {
    /// Told of each blockage that differs from the last one.
    std::function<void(const Blockage&)> blocked = {};
    /// Told of each phase, and of each percent of it.
    std::function<void(const IndexBuild&)> building = {};
  };

  /// Watches `work` while it lives. All references must outlive it.
  StatementWatch(const DatabaseUrl& url, RunLock& lock, Connection& work, Listeners listeners);
  ~StatementWatch();
  StatementWatch(const StatementWatch&) = delete;
  StatementWatch& operator=(const StatementWatch&) = delete;
  StatementWatch(StatementWatch&&) = delete;
  StatementWatch& operator=(StatementWatch&&) = delete;

  /// @param backend process id of the backend that works for the connection now; 0: not known.
  void follow(int backend) { backend_ = backend; }

  /// What the last statement was seen to wait for; none if it was not seen waiting.
  [[nodiscard]] Blockage seen() const;

 private:
  void look();
  [[nodiscard]] std::vector<QueryResult> ask();
  void take(Blockage found);
  void take(const IndexBuild& found);

  const DatabaseUrl& url_;
  RunLock& lock_;
  Connection& work_;
  std::unique_ptr<Connection> own_ = {};
  Listeners listeners_;
  int backend_ = 0;
  Blockage seen_ = {};
  std::uint64_t statement_ = 0;  ///< Which one `seen_` is about.
  IndexBuild build_ = {};        ///< Told last.
};

}  // namespace medusa
