// SPDX-License-Identifier: MIT
#include "medusa/postgres/server_user.hpp"

#include <array>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

#include "medusa/core/error.hpp"

namespace medusa {

namespace fs = std::filesystem;

std::optional<ProcessUser> unprivileged_user() {
  if (::geteuid() != 0) {
    return std::nullopt;
  }
  std::vector<char> buffer(std::size_t{64} * 1024);
  for (const char* name : {"postgres", "nobody"}) {
    passwd entry{};
    passwd* found = nullptr;
    if (::getpwnam_r(name, &entry, buffer.data(), buffer.size(), &found) == 0 && found != nullptr &&
        entry.pw_uid != 0) {
      return ProcessUser{.uid = entry.pw_uid, .gid = entry.pw_gid};
    }
  }
  throw Error({.code = ErrorCode::Database,
               .message = "PostgreSQL does not run as root, and there is no user 'postgres' or "
                          "'nobody' to run it as",
               .hint = "adduser --system --group postgres"});
}

bool can_enter(const fs::path& folder, const ProcessUser& user) {
  std::error_code error;
  fs::path current = fs::canonical(folder, error);
  if (error) {
    return false;
  }
  while (true) {
    struct stat status {};

    if (::stat(current.c_str(), &status) != 0) {
      return false;
    }
    const mode_t needed = status.st_uid == user.uid   ? S_IXUSR
                          : status.st_gid == user.gid ? S_IXGRP
                                                      : S_IXOTH;
    if ((status.st_mode & needed) == 0) {
      return false;
    }
    if (current == current.root_path()) {
      return true;
    }
    current = current.parent_path();
  }
}

}  // namespace medusa
