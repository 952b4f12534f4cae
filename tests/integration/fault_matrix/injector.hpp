// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <sys/types.h>
#include <vector>

#include "medusa/database/connection.hpp"

#include "fault.hpp"
#include "protocol_proxy.hpp"

namespace medusa::fault {

/// Sits at the proxy, knows every message by its number, and does what is to be done at one.
class Injector {
 public:
  /// Only looks.
  Injector() = default;
  /// @param database URL of the one that the program works on.
  Injector(Fault fault, Moment moment, std::string database);

  /// Decides about a message; called on the proxy's thread. What it throws is kept for problem().
  [[nodiscard]] ProxyAction decide(const ProtocolMessage& message) noexcept;

  /// The process that runs. Until it is known, messages wait.
  void watch(pid_t program) { program_ = program; }

  /// Whether the moment came.
  [[nodiscard]] bool has_fired() const { return fired_; }

  /// Whether the server was stopped and nobody took care of it yet; says so once.
  [[nodiscard]] bool take_crash() { return crashed_.exchange(false); }

  /// Makes a fault that is to come in the middle of a statement, once the server is there. To be
  /// called now and then, on any one thread.
  void look_midway(ProtocolProxy& proxy);

  /// Why the fault could not be made; empty if it could.
  [[nodiscard]] std::string problem() const;

  /// All messages so far. Only to be asked for once the proxy is gone.
  [[nodiscard]] const std::vector<Moment>& moments() const { return moments_; }

 private:
  [[nodiscard]] Moment moment_of(const ProtocolMessage& message);
  [[nodiscard]] bool is_watch(const ProtocolMessage& message);
  [[nodiscard]] ProxyAction inject();
  [[nodiscard]] pid_t program() const;
  void make(Fault fault);
  void hold();
  void end_backend(Line line) const;

  std::optional<Fault> fault_ = {};
  Moment wanted_ = {};
  std::atomic<pid_t> program_{0};
  std::atomic<bool> fired_{false};
  std::atomic<bool> crashed_{false};
  std::atomic<bool> held_{false};
  std::string database_ = {};
  std::unique_ptr<Connection> holder_ = {};  ///< Keeps the statement from ending.
  bool in_watch_ = false;
  std::map<std::pair<Line, bool>, std::size_t> counts_ = {};
  std::map<Line, int> backends_ = {};
  std::vector<Moment> moments_ = {};
  mutable std::mutex mutex_ = {};
  std::string problem_ = {};
};

}  // namespace medusa::fault
