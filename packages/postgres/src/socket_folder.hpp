// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <optional>
#include <sys/types.h>

#include "medusa/system/process.hpp"

namespace medusa {

/// Where the server of a data folder listens: the data folder itself, which is as private as can
/// be, if the socket's path fits what the kernel (107 bytes) and libpq (no comma) can take; else a
/// folder of `user` in /tmp whose name follows from the data folder's.
[[nodiscard]] std::filesystem::path socket_folder_of(const std::filesystem::path& data, uid_t user);

/// Makes sure that the folder exists and that only `user` (nothing: we) can enter it.
/// @throws Error with ErrorCode::Database if somebody else made it, or others can enter.
void make_socket_folder(const std::filesystem::path& folder,
                        const std::optional<ProcessUser>& user);

}  // namespace medusa
