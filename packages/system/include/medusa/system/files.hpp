// SPDX-License-Identifier: MIT
// Files and folders, with errors that name the path. A file or folder that others may read while
// we write is always replaced in one step.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "medusa/core/error.hpp"

namespace medusa {

/// The file's bytes. @throws Error with `code` naming the path, if it cannot be read.
[[nodiscard]] std::string read_file(const std::filesystem::path& path,
                                    ErrorCode code = ErrorCode::Workspace);

/// The file's bytes, or nothing if there is no such file. @throws Error for any other failure.
[[nodiscard]] std::optional<std::string> read_file_if_present(const std::filesystem::path& path);

/// Replaces the file in one step (temporary file beside it, then rename). Creates the folder.
/// @throws Error with ErrorCode::Workspace naming the path.
void write_file(const std::filesystem::path& path, std::string_view content);

/// All regular files below `folder`, relative to it, sorted by name; dot files and
/// node_modules are left out. Empty if the folder does not exist.
[[nodiscard]] std::vector<std::filesystem::path> list_files(const std::filesystem::path& folder);

/// Calls `action` for each of those files, in no order and with a text that lives no longer: for
/// folders with very many of them.
void for_each_file(const std::filesystem::path& folder,
                   const std::function<void(std::string_view)>& action);

/// The names of the folder's own entries, sorted; empty if it does not exist.
[[nodiscard]] std::vector<std::string> list_names(const std::filesystem::path& folder);

/// Puts `fresh` in the place of `target` in one step, so that no reader sees a half-made folder.
/// What was at `target` is removed. Both must be on one file system.
void replace_folder(const std::filesystem::path& fresh, const std::filesystem::path& target);

/// Holds an exclusive lock (flock) on a file while it lives; waits until it gets it. The kernel
/// releases it when the process dies, so there is nothing to clean up after a crash.
class FileLock {
 public:
  /// Creates the file and its folder. @throws Error with ErrorCode::Workspace.
  explicit FileLock(const std::filesystem::path& path);
  ~FileLock();
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;
  FileLock(FileLock&&) = delete;
  FileLock& operator=(FileLock&&) = delete;

 private:
  int descriptor_ = -1;
};

}  // namespace medusa
