// SPDX-License-Identifier: MIT
// Whether a server of ours is alive, answered by the kernel: its processes inherit a lock. Unlike
// a process number it cannot be stale or reused, it counts processes that outlive a killed
// postmaster, and it means the same in every container that shares the folder.
#pragma once

#include <filesystem>
#include <optional>

namespace medusa {

/// Holds `<store>/run.lock` until it is destroyed and every process that inherited it is gone.
class ServerLock {
 public:
  /// Nothing if a server's processes hold it. Creates the file; does not wait.
  /// @throws Error with ErrorCode::Database, if the file cannot be opened.
  [[nodiscard]] static std::optional<ServerLock> try_acquire(const std::filesystem::path& store);

  /// Whether somebody holds it. Creates nothing.
  [[nodiscard]] static bool is_held(const std::filesystem::path& store);

  ~ServerLock();
  ServerLock(const ServerLock&) = delete;
  ServerLock& operator=(const ServerLock&) = delete;
  ServerLock(ServerLock&& other) noexcept;
  ServerLock& operator=(ServerLock&&) = delete;

  /// To be inherited by the server.
  [[nodiscard]] int descriptor() const { return descriptor_; }

 private:
  explicit ServerLock(int descriptor) : descriptor_(descriptor) {}

  int descriptor_ = -1;
};

}  // namespace medusa
