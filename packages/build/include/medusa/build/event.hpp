// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "medusa/core/location.hpp"

namespace medusa {

/// A member is about to be built or described; `files` are stale.
struct MemberStale {
  std::string member = {};
  std::size_t files = 0;
};

/// A member's output was replaced.
struct MemberBuilt {
  std::string member = {};
  std::size_t compiled = 0;   ///< Files transpiled.
  std::size_t described = 0;  ///< Files loaded to learn their migrations (or SQL files read).
  std::vector<std::string> removed = {};  ///< Outputs whose source is gone.
};

/// Something people should know about a member's files; the build goes on.
struct BuildWarning {
  std::string member = {};
  std::string message = {};
  std::optional<Location> place = {};
  std::vector<std::string> notes = {};
};

/// The end of a build that succeeded; nothing was stale if `built_members` is 0.
struct BuildFinished {
  std::size_t members = 0;
  std::size_t built_members = 0;
  std::chrono::microseconds duration{0};
  std::chrono::microseconds lowering{0};  ///< Part of it: learning what SQL migrations send.
};

using BuildEvent = std::variant<MemberStale, MemberBuilt, BuildWarning, BuildFinished>;

/// Told of every event, in order. Must not throw.
class BuildObserver {
 public:
  virtual ~BuildObserver() = default;
  virtual void on_event(const BuildEvent& event) = 0;
};

}  // namespace medusa
