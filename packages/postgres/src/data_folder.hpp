// SPDX-License-Identifier: MIT
// Where a private server's files lie, and the one-step making of its data.
#pragma once

#include <filesystem>
#include <optional>

#include "medusa/postgres/binaries.hpp"
#include "medusa/postgres/private_server.hpp"
#include "medusa/system/process.hpp"

namespace medusa {

/// A complete data folder.
struct DataFolder {
  std::filesystem::path data = {};       ///< The real folder, behind the link if there is one.
  std::optional<ProcessUser> user = {};  ///< Who its server runs as; nothing: we.
  int major = 0;                         ///< The PostgreSQL version that made it.

  /// The folder around it, with the locks, the log and the `ready` file.
  [[nodiscard]] std::filesystem::path store() const { return data.parent_path(); }
};

/// The data folder of this home, if it has one.
/// @throws Error with ErrorCode::Database, if it is another user's or none of PostgreSQL's.
[[nodiscard]] std::optional<DataFolder> find_data_folder(const std::filesystem::path& home);

/// Makes it: in `home`, or behind a link in `fallback` if its user cannot reach or own a folder
/// there. It appears in one step, complete; what a killed attempt left is removed.
/// @pre home/start.lock is held and find_data_folder found nothing.
/// @throws Error with ErrorCode::Database or Workspace.
[[nodiscard]] DataFolder make_data_folder(const PrivateServerSettings& settings,
                                          const PostgresBinaries& binaries);

}  // namespace medusa
