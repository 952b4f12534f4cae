// SPDX-License-Identifier: MIT
#include "medusa/postgres/private_server.hpp"

#include <array>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <functional>
#include <string>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

#include <catch2/catch.hpp>

#include "medusa/core/error.hpp"
#include "medusa/core/text.hpp"
#include "medusa/postgres/binaries.hpp"
#include "medusa/postgres/postmaster.hpp"
#include "medusa/system/files.hpp"
#include "medusa/system/process.hpp"

namespace medusa {

namespace fs = std::filesystem;

namespace {

/// Where a new cluster's fsync costs nothing, if there is room in memory.
fs::path fast_folder() {
  constexpr std::uintmax_t kRoom = std::uintmax_t{1} << 30U;
  const fs::path memory = "/dev/shm";
  std::error_code error;
  const bool fits = fs::space(memory, error).available >= kRoom && !error;
  return fits && ::access(memory.c_str(), W_OK | X_OK) == 0 ? memory : fs::path("/tmp");
}

/// A workspace of one test. Its server, if any, is stopped with it.
class Shop {
 public:
  explicit Shop(const std::string& below = "shop", fs::perms top = fs::perms(0755)) {
    std::string name = (fast_folder() / "medusa-private-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) {
      throw std::runtime_error("mkdtemp");
    }
    top_ = name;
    fs::create_directories(top_ / "ws" / below);
    fs::permissions(top_ / "ws", top);
    fs::create_directory(top_ / "far");
    fs::permissions(top_, fs::perms(0755));
    workspace_ = top_ / "ws" / below;
  }

  ~Shop() {
    try {
      server().stop();
    } catch (const std::exception& error) {
      WARN(error.what());
    }
    std::error_code ignored;
    fs::remove_all(top_, ignored);
  }

  Shop(const Shop&) = delete;
  Shop& operator=(const Shop&) = delete;
  Shop(Shop&&) = delete;
  Shop& operator=(Shop&&) = delete;

  [[nodiscard]] const fs::path& workspace() const { return workspace_; }

  [[nodiscard]] fs::path home() const { return workspace_ / ".medusa" / "postgres"; }

  [[nodiscard]] fs::path fallback() const { return top_ / "far"; }

  [[nodiscard]] PrivateServer server() const {
    return PrivateServer(
        {.home = home(), .environment = Environment::of_process(), .fallback = fallback()});
  }

  void move_to(const std::string& below) {
    fs::rename(workspace_, top_ / "ws" / below);
    workspace_ = top_ / "ws" / below;
  }

 private:
  fs::path top_;
  fs::path workspace_;
};

ProcessResult run_psql(const std::string& url, const std::string& sql) {
  const auto binaries = find_postgres_binaries(Environment::of_process());
  return run_process(
      {.program = binaries.program("psql"), .arguments = {"-X", "-A", "-t", "-c", sql, url}});
}

std::string query(const std::string& url, const std::string& sql) {
  const ProcessResult result = run_psql(url, sql);
  CHECK(result.exit_code == 0);
  return std::string(trim(result.output));
}

/// Runs `work` in a child process of its own; 0 if it did not throw.
pid_t in_child(const std::function<void()>& work) {
  const pid_t child = ::fork();
  if (child == 0) {
    try {
      work();
      ::_exit(0);
    } catch (...) {
      ::_exit(1);
    }
  }
  return child;
}

int wait_for(pid_t child) {
  int status = 0;
  ::waitpid(child, &status, 0);
  return status;
}

void kill_and_wait(pid_t pid, const fs::path& data) {
  ::kill(pid, SIGKILL);
  for (int i = 0; i < 2000 && is_postgres_of(pid, data); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
}

}  // namespace

TEST_CASE("a private server is made, found running, stopped and started again", "[postgres]") {
  const Shop shop;
  PrivateServer server = shop.server();
  CHECK(server.status().state == ServerStatus::State::Absent);
  CHECK_FALSE(server.stop());
  CHECK_FALSE(fs::exists(shop.home()));

  const std::string url = server.ensure_started().url();
  CHECK(query(url, "select current_user || ' ' || current_database()") == "medusa medusa");
  CHECK(query(url, "show server_encoding") == "UTF8");
  CHECK(query(url, "show fsync") == "on");
  CHECK(query(url, "show listen_addresses").empty());
  CHECK(query(url, "select rolsuper from pg_roles where rolname = current_user") == "t");
  CHECK(query(url, "select count(*) from pg_hba_file_rules where type <> 'local'") == "0");
  CHECK(query(url, "create table kept as select 7 as n") == "SELECT 1");

  const ServerStatus running = server.status();
  CHECK(running.state == ServerStatus::State::Running);
  CHECK(running.address.url() == url);
  CHECK(running.major >= 13);
  CHECK(is_postgres_of(running.pid, running.data));
  CHECK(shop.server().ensure_started().url() == url);
  CHECK(shop.server().status().pid == running.pid);

  CHECK(server.stop());
  CHECK_FALSE(is_postgres_of(running.pid, running.data));
  CHECK_FALSE(server.stop());
  CHECK(server.status().state == ServerStatus::State::Stopped);
  CHECK_FALSE(accepts_connections(running.address));

  CHECK(server.ensure_started().url() == url);
  CHECK(query(url, "select n from kept") == "7");
}

TEST_CASE("a running private server is found without a child process", "[postgres]") {
  const Shop shop;
  static_cast<void>(shop.server().ensure_started());
  rusage before{};
  rusage after{};
  ::getrusage(RUSAGE_CHILDREN, &before);
  PrivateServer blind({.home = shop.home(), .fallback = shop.fallback()});
  CHECK_NOTHROW(blind.ensure_started());
  ::getrusage(RUSAGE_CHILDREN, &after);
  CHECK(after.ru_nvcsw == before.ru_nvcsw);
}

TEST_CASE("a private server is closed to every other user", "[postgres]") {
  const Shop shop;
  const SocketAddress address = shop.server().ensure_started();
  CHECK((fs::status(address.folder).permissions() & fs::perms(0077)) == fs::perms::none);
  if (::geteuid() == 0) {
    struct stat status {};

    REQUIRE(::stat(address.socket().c_str(), &status) == 0);
    CHECK(status.st_uid != 0);
  }
}

TEST_CASE("a workspace's path may have any character", "[postgres]") {
  const Shop shop("my 'shop' \"$(x)` %2F,\xC3\xA9");
  const SocketAddress address = shop.server().ensure_started();
  CHECK(query(address.url(), "select 1") == "1");
  CHECK(shop.server().stop());
}

TEST_CASE("a path with a quote is not one of psql's or PostgreSQL's own syntax", "[postgres]") {
  const Shop shop("a\"b c");
  const SocketAddress address = shop.server().ensure_started();
  CHECK(address.folder == fs::canonical(shop.home()) / "data");
  CHECK(query(address.url(), "select 1") == "1");
}

TEST_CASE("a path too long for a socket gets a private folder in /tmp", "[postgres]") {
  const Shop shop(std::string(120, 'l') + "/" + std::string(120, 'm'));
  const SocketAddress address = shop.server().ensure_started();
  CHECK(address.folder.parent_path() == "/tmp");
  CHECK(fs::status(address.folder).permissions() == fs::perms::owner_all);
  CHECK(query(address.url(), "select 1") == "1");
  const pid_t pid = shop.server().status().pid;

  SECTION("which is the same at the next start") {
    CHECK(shop.server().stop());
    CHECK(shop.server().ensure_started().url() == address.url());
  }
  SECTION("which is made again when a cleaner took it") {
    fs::remove_all(address.folder);
    CHECK(shop.server().ensure_started().url() == address.url());
    CHECK(query(address.url(), "select 1") == "1");
    CHECK(shop.server().status().pid != pid);
  }
  SECTION("which a server whose data was deleted under it gives back") {
    fs::remove_all(shop.home());
    CHECK(query(shop.server().ensure_started().url(), "select 1") == "1");
    CHECK(shop.server().status().pid != pid);
  }
  SECTION("which is refused when others can enter it, or it is not ours") {
    CHECK(shop.server().stop());
    fs::create_directory(address.folder);
    fs::permissions(address.folder, fs::perms(0755));
    CHECK_THROWS_AS(shop.server().ensure_started(), Error);
    if (::geteuid() == 0) {
      fs::permissions(address.folder, fs::perms(0700));
      REQUIRE(::chown(address.folder.c_str(), 54321, 54321) == 0);
      CHECK_THROWS_AS(shop.server().ensure_started(), Error);
    }
    fs::remove_all(address.folder);
    fs::create_directory_symlink("/tmp", address.folder);
    CHECK_THROWS_AS(shop.server().ensure_started(), Error);
    fs::remove(address.folder);
  }
  shop.server().stop();
  CHECK_FALSE(fs::exists(address.folder));
}

TEST_CASE("a workspace that the server's user cannot reach has its data elsewhere", "[postgres]") {
  const Shop shop("shop", fs::perms::owner_all);
  const std::string url = shop.server().ensure_started().url();
  CHECK(query(url, "create table kept ()") == "CREATE TABLE");
  const bool distant = ::geteuid() == 0;
  CHECK(fs::is_symlink(shop.home() / "data") == distant);
  CHECK(list_names(shop.fallback()).size() == (distant ? 1U : 0U));
  CHECK(shop.server().stop());

  SECTION("and keeps it") {
    CHECK(query(shop.server().ensure_started().url(), "select count(*) from kept") == "0");
  }
  SECTION("and gets new data when its folder was deleted") {
    fs::remove_all(shop.home());
    CHECK(query(shop.server().ensure_started().url(), "select to_regclass('kept') is null") == "t");
  }
  SECTION("and gets new data when that was deleted") {
    fs::remove_all(fs::canonical(shop.home() / "data"));
    CHECK(query(shop.server().ensure_started().url(), "select to_regclass('kept') is null") == "t");
    CHECK(list_names(shop.fallback()).size() == (distant ? 1U : 0U));
  }
}

TEST_CASE("a workspace may move while its server runs", "[postgres]") {
  Shop shop;
  static_cast<void>(shop.server().ensure_started());
  const pid_t pid = shop.server().status().pid;
  shop.move_to("moved");
  const SocketAddress address = shop.server().ensure_started();
  CHECK(query(address.url(), "select 1") == "1");
  CHECK(shop.server().status().pid == pid);
}

TEST_CASE("processes that start one server at once get the same", "[postgres]") {
  const Shop shop;
  std::vector<pid_t> children;
  for (int i = 0; i < 4; ++i) {
    children.push_back(in_child([&] { static_cast<void>(shop.server().ensure_started()); }));
  }
  for (const pid_t child : children) {
    CHECK(wait_for(child) == 0);
  }
  CHECK(query(shop.server().ensure_started().url(), "select 1") == "1");
  CHECK(list_names(shop.home()) ==
        std::vector<std::string>{
            ".gitignore", "data", "ready", "run.lock", "server.log", "start.lock"});
}

TEST_CASE("a server outlives who started it and keeps none of its descriptors", "[postgres]") {
  const Shop shop;
  std::array<int, 2> ends{};
  REQUIRE(::pipe(ends.data()) == 0);
  const pid_t child = in_child([&] {
    ::dup2(ends[1], STDOUT_FILENO);
    ::dup2(ends[1], 9);
    static_cast<void>(shop.server().ensure_started());
  });
  ::close(ends[1]);
  CHECK(wait_for(child) == 0);
  char byte = 0;
  ::fcntl(ends[0], F_SETFL, O_NONBLOCK);
  CHECK(::read(ends[0], &byte, 1) == 0);
  ::close(ends[0]);
  CHECK(shop.server().status().state == ServerStatus::State::Running);
}

TEST_CASE("a killed postmaster is replaced and loses nothing", "[postgres]") {
  const Shop shop;
  const std::string url = shop.server().ensure_started().url();
  CHECK(query(url, "create table kept as select 7 as n") == "SELECT 1");
  const ServerStatus status = shop.server().status();
  const pid_t client = in_child([&] { static_cast<void>(run_psql(url, "select pg_sleep(30)")); });
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  kill_and_wait(status.pid, status.data);
  CHECK(query(shop.server().ensure_started().url(), "select n from kept") == "7");
  CHECK(shop.server().status().pid != status.pid);
  ::kill(client, SIGKILL);
  wait_for(client);
}

TEST_CASE("a stale postmaster.pid with a number that lives again does not matter", "[postgres]") {
  const Shop shop;
  const SocketAddress address = shop.server().ensure_started();
  const ServerStatus status = shop.server().status();
  const auto file = read_file(status.data / "postmaster.pid");
  kill_and_wait(status.pid, status.data);

  struct stat owner {};

  REQUIRE(::stat(status.data.c_str(), &owner) == 0);
  // PostgreSQL itself would give up: a process of its user has that number.
  const pid_t other = ::fork();
  if (other == 0) {
    if (::geteuid() == 0 && (::setgid(owner.st_gid) != 0 || ::setuid(owner.st_uid) != 0)) {
      ::_exit(1);
    }
    ::pause();
    ::_exit(0);
  }
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  const std::string number = std::to_string(other);
  write_file(status.data / "postmaster.pid", number + file.substr(file.find('\n')));
  write_file(address.socket().string() + ".lock", number + file.substr(file.find('\n')));

  CHECK(shop.server().status().state == ServerStatus::State::Stopped);
  CHECK_FALSE(shop.server().stop());
  CHECK(query(shop.server().ensure_started().url(), "select 1") == "1");
  CHECK(::kill(other, 0) == 0);
  ::kill(other, SIGKILL);
  wait_for(other);
}

TEST_CASE("a first start that is killed leaves nothing half-made", "[postgres]") {
  const fs::perms top = GENERATE(fs::perms(0755), fs::perms(0700));
  const Shop shop("shop", top);
  for (const int delay : {2, 30, 100, 200, 300, 400, 500, 600}) {
    const pid_t child = in_child([&] { static_cast<void>(shop.server().ensure_started()); });
    std::this_thread::sleep_for(std::chrono::milliseconds(delay));
    ::kill(child, SIGKILL);
    wait_for(child);
  }
  CHECK(query(shop.server().ensure_started().url(), "select 1") == "1");
  for (const std::string& name : list_names(fs::canonical(shop.home() / "data").parent_path())) {
    CHECK_FALSE(name.starts_with("data.new"));
  }
}

TEST_CASE("a database that somebody dropped is there after the next start", "[postgres]") {
  const Shop shop;
  SocketAddress address = shop.server().ensure_started();
  const std::string url = address.url();
  address.database = "postgres";
  CHECK(query(address.url(), "drop database medusa") == "DROP DATABASE");
  CHECK(shop.server().stop());
  CHECK(query(shop.server().ensure_started().url(), "select 1") == "1");
}

TEST_CASE("a database of another name is created on the running server", "[postgres]") {
  const Shop shop;
  static_cast<void>(shop.server().ensure_started());
  PrivateServer other({.home = shop.home(),
                       .environment = Environment::of_process(),
                       .database = "shop_2",
                       .fallback = shop.fallback()});
  CHECK(query(other.ensure_started().url(), "select current_database()") == "shop_2");
}

TEST_CASE("a server that does not start says why", "[postgres]") {
  const Shop shop;
  static_cast<void>(shop.server().ensure_started());
  CHECK(shop.server().stop());
  const fs::path settings = fs::canonical(shop.home() / "data") / "postgresql.conf";

  struct stat owner {};

  REQUIRE(::stat(settings.c_str(), &owner) == 0);
  write_file(settings, read_file(settings) + "\nnonsense = 'x'\n");
  REQUIRE(::chown(settings.c_str(), owner.st_uid, owner.st_gid) == 0);
  try {
    static_cast<void>(shop.server().ensure_started());
    FAIL("no error");
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::Database);
    CHECK(join(error.first().notes, "\n").find("nonsense") != std::string::npos);
    CHECK(error.first().hint.find("server.log") != std::string::npos);
  }
  CHECK(shop.server().status().state == ServerStatus::State::Stopped);
}

TEST_CASE("data of another PostgreSQL version is refused with what to do", "[postgres]") {
  const Shop shop;
  static_cast<void>(shop.server().ensure_started());
  CHECK(shop.server().stop());
  write_file(fs::canonical(shop.home() / "data") / "PG_VERSION", "9\n");
  try {
    static_cast<void>(shop.server().ensure_started());
    FAIL("no error");
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::Database);
    CHECK(error.first().message.find("version 9") != std::string::npos);
    CHECK(error.first().hint.find("postgresql-9") != std::string::npos);
  }
}

TEST_CASE("PG variables of the user do not reach the private server", "[postgres]") {
  const Shop shop;
  auto variables = Environment::of_process().variables();
  variables["PGPORT"] = "1";
  variables["PGDATA"] = "/nonexistent";
  PrivateServer server(
      {.home = shop.home(), .environment = Environment(variables), .fallback = shop.fallback()});
  ::setenv("PGPORT", "1", 1);
  ::setenv("PGOPTIONS", "-c nonsense=1", 1);
  SocketAddress address;
  CHECK_NOTHROW(address = server.ensure_started());
  ::unsetenv("PGOPTIONS");
  CHECK(query(address.url(), "show port") == "5432");
  ::unsetenv("PGPORT");
}

}  // namespace medusa
