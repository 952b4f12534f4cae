// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>

#include "medusa/database/run_lock.hpp"
#include "medusa/execute/blocker.hpp"

namespace medusa {

/// Finds out who blocks a statement of the work connection while it takes long: afterwards nobody
/// knows. Asks on the lock's connection, in the same thread; costs nothing while all goes fast.
class BlockerWatch {
 public:
  /// Told of each blockage that differs from the last one.
  using Listener = std::function<void(const Blockage&)>;

  /// Watches `work` while it lives. All references must outlive it.
  BlockerWatch(RunLock& lock, Connection& work, Listener listener);
  ~BlockerWatch();
  BlockerWatch(const BlockerWatch&) = delete;
  BlockerWatch& operator=(const BlockerWatch&) = delete;
  BlockerWatch(BlockerWatch&&) = delete;
  BlockerWatch& operator=(BlockerWatch&&) = delete;

  /// @param backend process id of the backend that works for the connection now; 0: not known.
  void follow(int backend) { backend_ = backend; }

  /// What the last statement was seen to wait for; none if it was not seen waiting.
  [[nodiscard]] Blockage seen() const;

 private:
  void look();

  RunLock& lock_;
  Connection& work_;
  Listener listener_;
  int backend_ = 0;
  Blockage seen_ = {};
  std::uint64_t statement_ = 0;  ///< Which one `seen_` is about.
};

}  // namespace medusa
