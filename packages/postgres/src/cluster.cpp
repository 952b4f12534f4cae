// SPDX-License-Identifier: MIT
#include "medusa/postgres/cluster.hpp"

#include <cerrno>
#include <clocale>
#include <cstring>
#include <locale.h>
#include <string>
#include <string_view>
#include <unistd.h>

#include "medusa/core/error.hpp"
#include "medusa/core/text.hpp"
#include "medusa/postgres/socket_address.hpp"
#include "medusa/system/files.hpp"

#include "printed_lines.hpp"

namespace medusa {

namespace fs = std::filesystem;

namespace {

// The socket's folder is private, so who gets there is who may. Nobody gets there by network, and
// if somebody opens a port by hand, these lines still let nobody in.
constexpr std::string_view kAccess =
    "# Made by medusa: the socket's folder is private, and there is no other way in.\n"
    "local all all trust\n"
    "local replication all trust\n";

constexpr std::string_view kSettings =
    "\n# Made by medusa: a development database, idle most of the time.\n"
    "cluster_name = 'medusa'\n"
    "shared_buffers = 64MB\n"
    "max_wal_size = 256MB\n"
    "min_wal_size = 32MB\n"
    "jit = off\n";

/// Byte order of UTF-8 is the same on every machine; C has it too where C.UTF-8 is not installed.
const char* portable_locale() {
  if (locale_t found = ::newlocale(LC_ALL_MASK, "C.UTF-8", nullptr); found != nullptr) {
    ::freelocale(found);
    return "C.UTF-8";
  }
  return "C";
}

void write_for(const std::optional<ProcessUser>& user,
               const fs::path& path,
               std::string_view content) {
  write_file(path, content);
  if (user.has_value() && ::lchown(path.c_str(), user->uid, user->gid) != 0) {
    throw Error({.code = ErrorCode::Database,
                 .message = "cannot hand over '" + path.string() + "': " + std::strerror(errno)});
  }
}

}  // namespace

void initialize_cluster(const PostgresBinaries& binaries,
                        const fs::path& folder,
                        const std::optional<ProcessUser>& user,
                        Durability durability) {
  ProcessCommand command{.program = binaries.program("initdb"),
                         .arguments = {"-D",
                                       folder.string(),
                                       "-U",
                                       SocketAddress::kUser,
                                       "-E",
                                       "UTF8",
                                       std::string("--locale=") + portable_locale(),
                                       "--auth-local=trust",
                                       "--auth-host=reject"},
                         // Our own folder may be closed to the user that initdb runs as.
                         .directory = "/",
                         .environment = {{"LC_ALL", "C"}, {"LANGUAGE", ""}},
                         .user = user};
  if (durability == Durability::Forgotten) {
    command.arguments.insert(command.arguments.end(), {"--no-sync", "--wal-segsize=1"});
  }
  const ProcessResult result = run_process(command);
  if (!result.succeeded()) {
    throw Error({.code = ErrorCode::Database,
                 .message = "cannot make a private PostgreSQL in '" + folder.string() + "'",
                 .notes = last_lines("initdb", result.output)});
  }
  write_for(user, folder / "pg_hba.conf", kAccess);
  const fs::path settings = folder / "postgresql.conf";
  write_for(user, settings, read_file(settings, ErrorCode::Database).append(kSettings));
}

}  // namespace medusa
