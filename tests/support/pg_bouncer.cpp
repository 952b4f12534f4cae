// SPDX-License-Identifier: MIT
#include "pg_bouncer.hpp"

#include <cerrno>
#include <cstdlib>
#include <optional>
#include <stdexcept>
#include <system_error>
#include <unistd.h>

#include "medusa/core/error.hpp"
#include "medusa/database/connection.hpp"
#include "medusa/postgres/server_user.hpp"
#include "medusa/postgres/socket_address.hpp"
#include "medusa/system/files.hpp"

#include "postgres_fixture.hpp"
#include "running_program.hpp"

namespace medusa {

namespace fs = std::filesystem;

namespace {

constexpr const char* kProgram = "/usr/sbin/pgbouncer";  // not in everybody's PATH

fs::path make_folder() {
  std::string name = "/tmp/medusa-pooler-XXXXXX";
  if (::mkdtemp(name.data()) == nullptr) {
    throw std::system_error(errno, std::generic_category(), "mkdtemp");
  }
  return name;
}

void give_to(const std::optional<ProcessUser>& user, const fs::path& path) {
  if (user.has_value() && ::lchown(path.c_str(), user->uid, user->gid) != 0) {
    throw std::system_error(errno, std::generic_category(), "lchown " + path.string());
  }
}

bool answers(const std::string& url) {
  try {
    Connection connection(DatabaseUrl::parse(url, "the test"));
    connection.execute("SELECT 1");
    return true;
  } catch (const Error&) {
    return false;
  }
}

}  // namespace

PgBouncer::PgBouncer(const std::string& mode, int pool_size) : folder_(make_folder()) {
  const std::optional<ProcessUser> user = unprivileged_user();  // it refuses to run as root
  const std::string user_name = SocketAddress::kUser;
  const fs::path server = PostgresFixture::shared().log().parent_path().parent_path();
  const fs::path users = folder_ / "users.txt";
  const fs::path settings = folder_ / "pgbouncer.ini";
  write_file(users, '"' + user_name + "\" \"\"\n");
  write_file(settings,
             "[databases]\n* = host=" + server.string() +
                 " port=" + std::to_string(SocketAddress::kPort) + "\n[pgbouncer]\nlisten_port = " +
                 std::to_string(SocketAddress::kPort) + "\nunix_socket_dir = " + folder_.string() +
                 "\nauth_type = trust\nauth_file = " + users.string() + "\npool_mode = " + mode +
                 "\ndefault_pool_size = " + std::to_string(pool_size) +
                 "\nlogfile = " + (folder_ / "log").string() + '\n');
  for (const fs::path& path : {folder_, users, settings}) {
    give_to(user, path);
  }
  process_ = std::make_unique<ChannelProcess>(ProcessCommand{
      .program = kProgram, .arguments = {"-q", settings.string()}, .directory = "/", .user = user});
  if (!eventually([&] { return answers(url("postgres")); })) {
    throw std::runtime_error("pgbouncer does not start: " + process_->printed());
  }
}

PgBouncer::~PgBouncer() {
  process_.reset();
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

std::filesystem::path PgBouncer::socket() const {
  return folder_ / (".s.PGSQL." + std::to_string(SocketAddress::kPort));
}

std::string PgBouncer::url(const std::string& database) const {
  return SocketAddress{.folder = folder_, .database = database}.url();
}

}  // namespace medusa
