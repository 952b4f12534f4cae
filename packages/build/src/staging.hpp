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

  /// How a file of the target comes into the staging folder.
  enum class Keep {
    AsLink,  ///< Keeps the time of what did not change. For files that nobody writes in place.
    AsCopy,
  };

  /// Takes a file over from the target, if it is there. Where a link cannot be made, a copy will
  /// do.
  /// @throws Error with ErrorCode::Build.
  void keep(const std::filesystem::path& file, Keep how = Keep::AsLink) const;

  /// Replaces the target with this folder in one step.
  void commit();

 private:
  std::filesystem::path target_;
  std::filesystem::path folder_;
  bool parent_is_ours_ = false;  ///< We had to create the folder it is in, too.
};

}  // namespace medusa
