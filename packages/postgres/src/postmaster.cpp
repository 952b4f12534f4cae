// SPDX-License-Identifier: MIT
#include "medusa/postgres/postmaster.hpp"

#include <cerrno>
#include <charconv>
#include <cstring>
#include <string>
#include <sys/socket.h>
#include <sys/un.h>
#include <system_error>
#include <unistd.h>
#include <vector>

#include "medusa/core/text.hpp"
#include "medusa/system/files.hpp"

namespace medusa {

namespace fs = std::filesystem;

namespace {

// Line numbers of postmaster.pid, as PostgreSQL's miscadmin.h (pidfile.h since 14) fixes them.
constexpr std::size_t kPidLine = 0;
constexpr std::size_t kSocketFolderLine = 4;
constexpr std::size_t kStateLine = 7;

}  // namespace

std::optional<PostmasterFile> parse_postmaster_file(std::string_view text) {
  const std::vector<std::string_view> rows = lines(text);
  if (rows.empty()) {
    return std::nullopt;
  }
  PostmasterFile file;
  const std::string_view pid = rows[kPidLine];
  const auto [end, error] = std::from_chars(pid.data(), pid.data() + pid.size(), file.pid);
  // A negative number is a single-user backend: nobody can connect to it.
  if (error != std::errc() || end != pid.data() + pid.size() || file.pid <= 0) {
    return std::nullopt;
  }
  if (rows.size() > kSocketFolderLine) {
    file.socket_folder = rows[kSocketFolderLine];
  }
  if (rows.size() > kStateLine) {
    file.ready = trim(rows[kStateLine]) == "ready";
  }
  return file;
}

std::optional<PostmasterFile> read_postmaster_file(const fs::path& data) {
  const auto text = read_file_if_present(data / "postmaster.pid");
  return text.has_value() ? parse_postmaster_file(*text) : std::nullopt;
}

bool is_postgres_of(pid_t pid, const fs::path& data) {
  // A server's processes work in its data folder and a zombie works nowhere, so the link says it.
  const fs::path process = fs::path("/proc") / std::to_string(pid);
  std::error_code error;
  if (!fs::equivalent(process / "cwd", data, error) || error) {
    return false;
  }
  const auto name = read_file_if_present(process / "comm");
  return name.has_value() && trim(*name) == "postgres";
}

bool accepts_connections(const SocketAddress& address) {
  const std::string path = address.socket().string();
  sockaddr_un name{};
  name.sun_family = AF_UNIX;
  if (path.size() >= sizeof(name.sun_path)) {
    return false;
  }
  std::memcpy(name.sun_path, path.data(), path.size());
  const int descriptor = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (descriptor < 0) {
    return false;
  }
  const void* any_name = &name;
  const int result = ::connect(descriptor, static_cast<const sockaddr*>(any_name), sizeof(name));
  // EAGAIN: so many are waiting to be accepted that there certainly is a listener.
  const bool accepted = result == 0 || errno == EAGAIN;
  ::close(descriptor);
  return accepted;
}

}  // namespace medusa
