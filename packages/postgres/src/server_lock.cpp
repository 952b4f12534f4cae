// SPDX-License-Identifier: MIT
#include "server_lock.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>
#include <utility>

#include "medusa/core/error.hpp"

namespace medusa {

namespace fs = std::filesystem;

namespace {

fs::path lock_file(const fs::path& store) {
  return store / "run.lock";
}

[[noreturn]] void fail(const fs::path& store, int error) {
  throw Error(
      {.code = ErrorCode::Database,
       .message = "cannot lock '" + lock_file(store).string() + "': " + std::strerror(error)});
}

}  // namespace

std::optional<ServerLock> ServerLock::try_acquire(const fs::path& store) {
  // Read-only is enough for flock, and a file that root made stays usable for its folder's owner.
  ServerLock lock(::open(lock_file(store).c_str(),
                         O_RDONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW,
                         S_IRUSR | S_IRGRP | S_IROTH));
  if (lock.descriptor_ < 0) {
    fail(store, errno);
  }
  while (::flock(lock.descriptor_, LOCK_EX | LOCK_NB) != 0) {
    if (errno == EWOULDBLOCK) {
      return std::nullopt;
    }
    if (errno != EINTR) {
      fail(store, errno);
    }
  }
  return lock;
}

bool ServerLock::is_held(const fs::path& store) {
  const ServerLock lock(::open(lock_file(store).c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  // Shared, so that two who ask at once do not take each other for the server.
  return lock.descriptor_ >= 0 && ::flock(lock.descriptor_, LOCK_SH | LOCK_NB) != 0 &&
         errno == EWOULDBLOCK;
}

ServerLock::ServerLock(ServerLock&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)) {}

ServerLock::~ServerLock() {
  if (descriptor_ >= 0) {
    ::close(descriptor_);
  }
}

}  // namespace medusa
