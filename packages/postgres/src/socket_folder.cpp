// SPDX-License-Identifier: MIT
#include "socket_folder.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <string>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "medusa/core/checksum.hpp"
#include "medusa/core/error.hpp"
#include "medusa/postgres/socket_address.hpp"

namespace medusa {

namespace fs = std::filesystem;

namespace {

[[noreturn]] void fail(const fs::path& folder, const std::string& why) {
  throw Error({.code = ErrorCode::Database,
               .message = "cannot use '" + folder.string() +
                          "' for the socket of the private PostgreSQL: " + why,
               .hint = "remove that folder, or move the workspace to a shorter path"});
}

}  // namespace

fs::path socket_folder_of(const fs::path& data, uid_t user) {
  const std::string socket = SocketAddress{.folder = data}.socket().string();
  if (socket.size() < sizeof(sockaddr_un::sun_path) && socket.find(',') == std::string::npos) {
    return data;
  }
  return "/tmp/medusa-" + std::to_string(user) + "-" + short_sha256(data.string());
}

void make_socket_folder(const fs::path& folder, const std::optional<ProcessUser>& user) {
  if (::mkdir(folder.c_str(), S_IRWXU) != 0 && errno != EEXIST) {
    fail(folder, std::strerror(errno));
  }
  // Looked at and handed over through one descriptor: the name lies where everybody can write.
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (descriptor < 0) {
    fail(folder, std::strerror(errno));
  }

  struct stat status {};

  const uid_t wanted = user.has_value() ? user->uid : ::geteuid();
  const bool known = ::fstat(descriptor, &status) == 0;
  const bool fresh = known && user.has_value() && status.st_uid == ::geteuid();
  const bool given = !fresh || ::fchown(descriptor, user->uid, user->gid) == 0;
  ::close(descriptor);
  if (!known || !given) {
    fail(folder, "it cannot be handed to the server's user");
  }
  if (!fresh && status.st_uid != wanted) {
    fail(folder, "it belongs to another user");
  }
  if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    fail(folder, "others can enter it");
  }
}

}  // namespace medusa
