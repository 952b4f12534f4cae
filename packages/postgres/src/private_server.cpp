// SPDX-License-Identifier: MIT
#include "medusa/postgres/private_server.hpp"

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <map>
#include <sys/stat.h>
#include <system_error>
#include <thread>
#include <unistd.h>
#include <utility>

#include "medusa/core/error.hpp"
#include "medusa/postgres/binaries.hpp"
#include "medusa/postgres/create_database.hpp"
#include "medusa/postgres/postmaster.hpp"
#include "medusa/system/files.hpp"
#include "medusa/system/interruption.hpp"

#include "daemon.hpp"
#include "data_folder.hpp"
#include "printed_lines.hpp"
#include "server_lock.hpp"
#include "socket_folder.hpp"

namespace medusa {

namespace fs = std::filesystem;

namespace {

using Clock = std::chrono::steady_clock;

// Recovery after a crash and a last checkpoint can take a while; pg_ctl waits as long.
constexpr std::chrono::seconds kPatience{60};
constexpr std::chrono::milliseconds kPause{3};
// How long processes that nobody told to end may take to end: those of a killed postmaster do so
// by themselves.
constexpr std::chrono::seconds kVisible{10};

fs::path log_file(const DataFolder& folder) {
  return folder.store() / "server.log";
}

SocketAddress address_of(const DataFolder& folder, const std::string& database) {
  const uid_t user = folder.user.has_value() ? folder.user->uid : ::geteuid();
  return {.folder = socket_folder_of(folder.data, user), .database = database};
}

/// The postmaster, if it says that it is ready and somebody listens where it should.
std::optional<pid_t> ready_postmaster(const DataFolder& folder, const SocketAddress& address) {
  const auto file = read_postmaster_file(folder.data);
  if (!file.has_value() || !file->ready || !accepts_connections(address)) {
    return std::nullopt;
  }
  return file->pid;
}

/// Written when a start is complete: this server, with this database.
std::string ready_note(pid_t pid, const std::string& database) {
  return std::to_string(pid) + " " + database + "\n";
}

/// Waits a moment. @throws Error if the time is up (`problem`) or we were interrupted.
void pause_until(Clock::time_point deadline, const Diagnostic& problem) {
  Interruption::check();
  if (Clock::now() >= deadline) {
    throw Error(problem);
  }
  std::this_thread::sleep_for(kPause);
}

Diagnostic start_failure(const DataFolder& folder, const std::string& why) {
  const fs::path log = log_file(folder);
  return {.code = ErrorCode::Database,
          .message = "the private PostgreSQL " + why,
          .notes = last_lines("server.log", read_file_if_present(log).value_or("")),
          .hint = "see " + log.string()};
}

/// Removes a lock file of a server that is gone. PostgreSQL does so itself, unless the number in it
/// belongs to some process again: after a reboot, or as a zombie in a container.
///
/// A server of a data folder that was deleted under it still holds its socket; it is ended.
/// @pre We hold the run lock: no server of ours is alive.
void remove_stale_lock(const fs::path& file, const DataFolder& folder) {
  const auto text = read_file_if_present(file);
  const auto owner = text.has_value() ? parse_postmaster_file(*text) : std::nullopt;
  if (!owner.has_value() || ::kill(owner->pid, 0) != 0 || is_postgres_of(owner->pid, folder.data)) {
    return;  // somebody started it by hand: PostgreSQL says so better than we could
  }
  std::error_code error;
  const fs::path process = fs::path("/proc") / std::to_string(owner->pid);
  const std::string working = fs::read_symlink(process / "cwd", error).string();
  if (read_file_if_present(process / "comm").value_or("") == "postgres\n" &&
      working.ends_with("/data (deleted)")) {
    ::kill(owner->pid, SIGQUIT);
    const auto deadline = Clock::now() + std::chrono::seconds(5);
    while (Clock::now() < deadline && !fs::read_symlink(process / "cwd", error).empty()) {
      std::this_thread::sleep_for(kPause);
    }
  }
  fs::remove(file, error);
}

/// One entry of a list setting: quoted, so that no character of the path has a meaning.
std::string quoted(const fs::path& path) {
  std::string text = "\"";
  for (const char c : path.string()) {
    text += c == '"' ? std::string(2, c) : std::string(1, c);
  }
  return text + "\"";
}

Environment server_environment(const Environment& ours) {
  std::map<std::string, std::string> variables;
  for (const auto& [name, value] : ours.variables()) {
    if (!name.starts_with("PG")) {
      variables.emplace(name, value);
    }
  }
  return Environment(std::move(variables));
}

/// A new log; the one before is kept for whoever looks into a crash.
int open_log(const DataFolder& folder) {
  const fs::path log = log_file(folder);
  std::error_code ignored;
  fs::rename(log, log.string() + ".old", ignored);
  const int descriptor = ::open(log.c_str(),
                                O_WRONLY | O_APPEND | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                                S_IRUSR | S_IWUSR);
  if (descriptor < 0) {
    throw Error({.code = ErrorCode::Database,
                 .message = "cannot write '" + log.string() + "': " + std::strerror(errno)});
  }
  return descriptor;
}

void launch(const PrivateServerSettings& settings,
            const DataFolder& folder,
            const PostgresBinaries& binaries,
            const ServerLock& lock) {
  const SocketAddress address = address_of(folder, settings.database);
  if (address.folder != folder.data) {
    make_socket_folder(address.folder, folder.user);
  }
  remove_stale_lock(folder.data / "postmaster.pid", folder);
  remove_stale_lock(address.socket().string() + ".lock", folder);
  const int log = open_log(folder);
  // On the command line, because the workspace may have moved since the last start.
  const DaemonCommand command{.program = binaries.program("postgres"),
                              .arguments = {"-D",
                                            folder.data.string(),
                                            "-c",
                                            "listen_addresses=",
                                            "-c",
                                            "unix_socket_directories=" + quoted(address.folder),
                                            "-c",
                                            "unix_socket_permissions=0700",
                                            "-c",
                                            "port=" + std::to_string(SocketAddress::kPort)},
                              .environment = server_environment(settings.environment),
                              .user = folder.user,
                              .output = log,
                              .inherited = lock.descriptor()};
  try {
    start_daemon(command);
  } catch (...) {
    ::close(log);
    throw;
  }
  ::close(log);
}

/// Ends a server that is ready but whose socket somebody removed, or moved out of reach.
void end_unreachable(const DataFolder& folder, const SocketAddress& address) {
  const auto file = read_postmaster_file(folder.data);
  std::error_code error;
  if (file.has_value() && file->ready && !fs::exists(address.socket(), error) && !error &&
      is_postgres_of(file->pid, folder.data)) {
    ::kill(file->pid, SIGINT);
  }
}

/// Starts the server unless one is there, and waits until it is ready. Processes that a killed
/// postmaster left, or a server that another process started, are waited for.
pid_t start(const PrivateServerSettings& settings,
            const DataFolder& folder,
            const PostgresBinaries& binaries) {
  const SocketAddress address = address_of(folder, settings.database);
  const auto deadline = Clock::now() + kPatience;
  bool launched = false;
  while (true) {
    if (const auto pid = ready_postmaster(folder, address); pid.has_value()) {
      return *pid;
    }
    if (const auto lock = ServerLock::try_acquire(folder.store()); lock.has_value()) {
      if (launched) {
        throw Error(start_failure(folder, "does not start"));
      }
      launch(settings, folder, binaries, *lock);
      launched = true;
    } else if (!launched) {
      end_unreachable(folder, address);
    }
    pause_until(deadline, start_failure(folder, "is not ready after a minute"));
  }
}

void check_version(const fs::path& home, const DataFolder& folder, const PostgresBinaries& found) {
  if (folder.major == found.major) {
    return;
  }
  const std::string wanted = std::to_string(folder.major);
  throw Error({.code = ErrorCode::Database,
               .message = "the data of the private PostgreSQL is of version " + wanted +
                          ", and installed is version " + std::to_string(found.major),
               .notes = {"the data is in '" + folder.data.string() + "'"},
               .hint = "apt-get install postgresql-" + wanted + " (or delete '" + home.string() +
                       "' to start afresh)"});
}

/// The server's address if it runs and its start was completed, database included.
std::optional<SocketAddress> find_running(const PrivateServerSettings& settings) {
  const auto folder = find_data_folder(settings.home);
  if (!folder.has_value() || !ServerLock::is_held(folder->store())) {
    return std::nullopt;
  }
  const SocketAddress address = address_of(*folder, settings.database);
  const auto pid = ready_postmaster(*folder, address);
  if (!pid.has_value() ||
      read_file_if_present(folder->store() / "ready") != ready_note(*pid, settings.database)) {
    return std::nullopt;
  }
  return address;
}

/// Held by everybody who changes something.
fs::path change_lock(const fs::path& home) {
  return home / "start.lock";
}

/// What root made is given to the folder's owner, who may be the next to need it. Should that
/// fail, the owner will be told that the file cannot be locked.
void share_change_lock(const fs::path& home) {
  struct stat status {};

  if (::geteuid() == 0 && ::stat(home.c_str(), &status) == 0) {
    [[maybe_unused]] const int given =
        ::lchown(change_lock(home).c_str(), status.st_uid, status.st_gid);
  }
}

}  // namespace

PrivateServer::PrivateServer(PrivateServerSettings settings) : settings_(std::move(settings)) {
  settings_.home = fs::absolute(settings_.home).lexically_normal();
}

SocketAddress PrivateServer::ensure_started() {
  if (const auto running = find_running(settings_); running.has_value()) {
    return *running;
  }
  const FileLock lock(change_lock(settings_.home));
  share_change_lock(settings_.home);
  if (const auto running = find_running(settings_); running.has_value()) {
    return *running;
  }
  auto folder = find_data_folder(settings_.home);
  const auto binaries = find_postgres_binaries(
      settings_.environment, folder.has_value() ? std::optional(folder->major) : std::nullopt);
  if (!folder.has_value()) {
    folder = make_data_folder(settings_, binaries);
  }
  check_version(settings_.home, *folder, binaries);
  const pid_t pid = start(settings_, *folder, binaries);
  SocketAddress address = address_of(*folder, settings_.database);
  create_database(binaries, address);
  write_file(folder->store() / "ready", ready_note(pid, settings_.database));
  return address;
}

// NOLINTNEXTLINE(readability-make-member-function-const): it changes the server.
bool PrivateServer::stop() {
  if (!find_data_folder(settings_.home).has_value()) {
    return false;
  }
  const FileLock lock(change_lock(settings_.home));
  share_change_lock(settings_.home);
  const auto folder = find_data_folder(settings_.home);
  if (!folder.has_value() || !ServerLock::is_held(folder->store())) {
    return false;
  }
  auto deadline = Clock::now() + kVisible;
  bool told = false;
  while (ServerLock::is_held(folder->store())) {
    const auto file = read_postmaster_file(folder->data);
    if (!told && file.has_value() && is_postgres_of(file->pid, folder->data)) {
      told = ::kill(file->pid, SIGINT) == 0;
      deadline = Clock::now() + kPatience;
    }
    pause_until(
        deadline,
        {.code = ErrorCode::Database,
         .message = "the private PostgreSQL in '" + settings_.home.string() + "' does not end",
         .notes = {told ? "it was told to a minute ago"
                        : "its processes are not to be seen from here: in another "
                          "container, or of another user?"},
         .hint = "see " + log_file(*folder).string()});
  }
  std::error_code ignored;
  fs::remove(folder->store() / "ready", ignored);
  const SocketAddress address = address_of(*folder, settings_.database);
  if (address.folder != folder->data) {
    fs::remove(address.folder, ignored);  // empty, or not ours to remove
  }
  return true;
}

ServerStatus PrivateServer::status() const {
  const auto folder = find_data_folder(settings_.home);
  if (!folder.has_value()) {
    return {};
  }
  ServerStatus status{.state = ServerStatus::State::Stopped,
                      .major = folder->major,
                      .data = folder->data,
                      .log = log_file(*folder),
                      .address = address_of(*folder, settings_.database)};
  if (ServerLock::is_held(folder->store())) {
    const auto pid = ready_postmaster(*folder, status.address);
    status.state = pid.has_value() ? ServerStatus::State::Running : ServerStatus::State::Starting;
    status.pid = pid.value_or(0);
  }
  return status;
}

}  // namespace medusa
