// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>

namespace medusa {

/// A folder beside the final one in which a member is built; it takes the other's place at the end,
/// or disappears without a trace.
class Staging {
 public:
  /// Creates an empty folder `.migrations-<pid>` next to `target`. Leftovers of builds that were
  /// killed are removed. @pre the build lock is held.
  explicit Staging(std::filesystem::path target);
  ~Staging();
  Staging(const Staging&) = delete;
  Staging& operator=(const Staging&) = delete;
  Staging(Staging&& other) noexcept;
  Staging& operator=(Staging&&) = delete;

  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }

  /// Replaces the target with this folder in one step.
  void commit();

 private:
  std::filesystem::path target_;
  std::filesystem::path folder_;
  bool parent_is_ours_ = false;  ///< We had to create the folder it is in, too.
};

}  // namespace medusa
