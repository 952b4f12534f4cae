// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>

namespace medusa {

/// Makes a server seem far away: hands on what comes in either direction when it is so old, and
/// nothing earlier. A round trip costs twice as much; how much is on its way at once costs nothing,
/// as on a real line. One thread, ended with this object.
class DelayProxy {
 public:
  /// Listens on the Unix socket `from` and connects to the Unix socket `to`.
  /// @throws std::system_error if it cannot listen.
  DelayProxy(const std::filesystem::path& from,
             const std::filesystem::path& to,
             std::chrono::microseconds each_way);
  ~DelayProxy();
  DelayProxy(const DelayProxy&) = delete;
  DelayProxy& operator=(const DelayProxy&) = delete;
  DelayProxy(DelayProxy&&) = delete;
  DelayProxy& operator=(DelayProxy&&) = delete;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace medusa
