// SPDX-License-Identifier: MIT
#include "postgres_fixture.hpp"

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>

#include "medusa/core/checksum.hpp"
#include "medusa/postgres/cluster.hpp"
#include "medusa/postgres/create_database.hpp"
#include "medusa/postgres/postmaster.hpp"
#include "medusa/postgres/server_user.hpp"
#include "medusa/system/channel_process.hpp"
#include "medusa/system/environment.hpp"
#include "medusa/system/files.hpp"

namespace medusa {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kPrefix = "medusa-server-";
constexpr const char* kAlive = "alive.lock";

/// Whether a test process holds the folder: FileLock's kind of lock, but without waiting.
bool is_abandoned(const fs::path& folder) {
  struct stat status {};

  const int descriptor = ::open((folder / kAlive).c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (descriptor < 0) {
    return false;
  }
  const bool mine = ::fstat(descriptor, &status) == 0 && status.st_uid == ::geteuid();
  const bool held = ::flock(descriptor, LOCK_EX | LOCK_NB) != 0;
  ::close(descriptor);
  constexpr int kGettingReady = 60;  // made, but perhaps not locked yet
  return mine && !held && status.st_mtime + kGettingReady < ::time(nullptr);
}

/// Test processes that were killed could not clean up.
void remove_abandoned() {
  for (const std::string& name : list_names("/tmp")) {
    const fs::path folder = fs::path("/tmp") / name;
    if (name.starts_with(kPrefix) && is_abandoned(folder)) {
      std::error_code ignored;
      fs::remove_all(folder, ignored);
    }
  }
}

fs::path make_folder() {
  remove_abandoned();
  std::string name = "/tmp/" + std::string(kPrefix) + "XXXXXX";
  if (::mkdtemp(name.data()) == nullptr) {
    throw std::system_error(errno, std::generic_category(), "mkdtemp");
  }
  // The server's user passes through to its data folder, which is private.
  fs::permissions(name, fs::perms::owner_all | fs::perms::group_exec | fs::perms::others_exec);
  return name;
}

void give_to(const std::optional<ProcessUser>& user, const fs::path& path) {
  if (user.has_value() && ::lchown(path.c_str(), user->uid, user->gid) != 0) {
    throw std::system_error(errno, std::generic_category(), "lchown " + path.string());
  }
}

void copy_cluster(const fs::path& from,
                  const fs::path& to,
                  const std::optional<ProcessUser>& user) {
  fs::copy(from, to, fs::copy_options::recursive);
  fs::permissions(to, fs::perms::owner_all);
  give_to(user, to);
  for (const auto& entry : fs::recursive_directory_iterator(to)) {
    give_to(user, entry.path());
  }
}

void make_cluster(const PostgresBinaries& binaries,
                  const fs::path& data,
                  const std::optional<ProcessUser>& user) {
  fs::create_directory(data);
  fs::permissions(data, fs::perms::owner_all);
  give_to(user, data);
  initialize_cluster(binaries, data, user, Durability::Forgotten);
}

/// A new cluster, as a copy of the one that the first test process of this build left for all.
void provide_cluster(const PostgresBinaries& binaries,
                     const fs::path& data,
                     const std::optional<ProcessUser>& user) {
#ifdef MEDUSA_TEST_CACHE_DIR
  const fs::path cache(MEDUSA_TEST_CACHE_DIR);
  std::error_code error;
  fs::create_directories(cache, error);
  if (::access(cache.c_str(), W_OK | X_OK) == 0) {
    const std::string key = std::to_string(::geteuid()) + "-" + std::to_string(binaries.major) +
                            "-" + short_sha256(binaries.folder.string());
    const fs::path model = cache / ("postgres-" + key);
    const FileLock lock(cache / ("postgres-" + key + ".lock"));
    if (!fs::exists(model)) {
      make_cluster(binaries, data, user);
      const fs::path fresh = model.string() + ".new";
      fs::remove_all(fresh);
      copy_cluster(data, fresh, std::nullopt);
      fs::rename(fresh, model);
      return;
    }
    copy_cluster(model, data, user);
    return;
  }
#endif
  make_cluster(binaries, data, user);
}

}  // namespace

struct PostgresFixture::Server {
  pid_t owner = ::getpid();
  std::optional<ProcessUser> user = unprivileged_user();
  fs::path folder = make_folder();
  FileLock alive{folder / kAlive};
  SocketAddress address{.folder = folder / "data", .database = "postgres"};
  std::unique_ptr<ChannelProcess> process = {};

  void ask_for_passwords() const;
  void start(const PostgresBinaries& binaries);
  void stop();
};

/// The first line that fits decides; the cluster's own lines trust everybody.
void PostgresFixture::Server::ask_for_passwords() const {
  const fs::path file = address.folder / "pg_hba.conf";
  const std::string rules = read_file(file);
  write_file(file, std::string("local all ") + kPasswordUser + " scram-sha-256\n" + rules);
  give_to(user, file);
}

void PostgresFixture::Server::start(const PostgresBinaries& binaries) {
  const std::string data = address.folder.string();
  // The collector drains the server's output: nobody reads the pipe it would otherwise fill.
  // Shared memory in files of the folder goes with the folder, however the server ends.
  constexpr std::array<const char*, 9> kSettings{"listen_addresses=",
                                                 "fsync=off",
                                                 "synchronous_commit=off",
                                                 "full_page_writes=off",
                                                 "max_connections=100",
                                                 "shared_buffers=32MB",
                                                 "logging_collector=on",
                                                 "log_filename=server.log",
                                                 "dynamic_shared_memory_type=mmap"};
  ProcessCommand command{.program = binaries.program("postgres"),
                         .arguments = {"-D",
                                       data,
                                       "-c",
                                       "unix_socket_directories=" + data,
                                       "-c",
                                       "port=" + std::to_string(SocketAddress::kPort)},
                         .directory = "/",
                         .user = user};
  for (const char* setting : kSettings) {
    command.arguments.insert(command.arguments.end(), {"-c", setting});
  }
  process = std::make_unique<ChannelProcess>(command);
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (true) {
    const auto file = read_postmaster_file(address.folder);
    if (file.has_value() && file->ready && accepts_connections(address)) {
      return;
    }
    // A server says nothing on the channel: this is a pause that ends early if the server does.
    std::string line;
    const auto outcome = process->read_line(line, std::chrono::milliseconds(5));
    if (outcome == ChannelProcess::ReadOutcome::Closed ||
        std::chrono::steady_clock::now() > deadline) {
      throw std::runtime_error("the test server does not start: " + process->printed());
    }
  }
}

void PostgresFixture::Server::stop() {
  if (::getpid() != owner) {
    // A forked child that ends by exit(): the server is its parent's.
    static_cast<void>(process.release());
    return;
  }
  if (process != nullptr) {
    const auto file = read_postmaster_file(address.folder);
    if (file.has_value() && is_postgres_of(file->pid, address.folder)) {
      ::kill(file->pid, SIGQUIT);
    }
    process.reset();
  }
  std::error_code ignored;
  fs::remove_all(folder, ignored);
}

PostgresFixture& PostgresFixture::shared() {
  static PostgresFixture fixture;
  return fixture;
}

PostgresFixture::PostgresFixture() : binaries_(find_postgres_binaries(Environment::of_process())) {
  if (::gettid() != ::getpid()) {
    throw std::logic_error("the first PostgresFixture::shared() must be on the main thread");
  }
  server_ = std::make_unique<Server>();
  try {
    provide_cluster(binaries_, server_->address.folder, server_->user);
    server_->ask_for_passwords();
    server_->start(binaries_);
  } catch (...) {
    server_->stop();
    throw;
  }
}

PostgresFixture::~PostgresFixture() {
  server_->stop();
}

std::string PostgresFixture::url(const std::string& database) const {
  return SocketAddress{.folder = server_->address.folder, .database = database}.url();
}

std::string PostgresFixture::create_database() {
  std::string name = "test_" + std::to_string(++databases_);
  medusa::create_database(binaries_, {.folder = server_->address.folder, .database = name});
  return name;
}

fs::path PostgresFixture::socket() const {
  return server_->address.socket();
}

void PostgresFixture::crash() const {
  const auto file = read_postmaster_file(server_->address.folder);
  if (!file.has_value() || !is_postgres_of(file->pid, server_->address.folder)) {
    throw std::logic_error("the test server does not run");
  }
  ::kill(file->pid, SIGQUIT);
  siginfo_t ended{};
  // Left to be reaped by restart().
  while (::waitid(P_PID, static_cast<id_t>(file->pid), &ended, WEXITED | WNOWAIT) != 0) {
    if (errno != EINTR) {
      throw std::system_error(errno, std::generic_category(), "waitid");
    }
  }
}

void PostgresFixture::restart() {
  server_->process.reset();
  server_->start(binaries_);
}

fs::path PostgresFixture::log() const {
  return server_->address.folder / "log" / "server.log";
}

}  // namespace medusa
