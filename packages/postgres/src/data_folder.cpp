// SPDX-License-Identifier: MIT
#include "data_folder.hpp"

#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <pwd.h>
#include <string>
#include <string_view>
#include <sys/stat.h>
#include <system_error>
#include <thread>
#include <unistd.h>

#include "medusa/core/checksum.hpp"
#include "medusa/core/error.hpp"
#include "medusa/core/text.hpp"
#include "medusa/postgres/cluster.hpp"
#include "medusa/postgres/server_user.hpp"
#include "medusa/system/files.hpp"

namespace medusa {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kUnfinished = "data.new.";

[[noreturn]] void fail(const std::string& what, const fs::path& path, int error) {
  throw Error({.code = ErrorCode::Database,
               .message = what + " '" + path.string() + "': " + std::strerror(error)});
}

std::string user_name(uid_t uid) {
  std::vector<char> buffer(std::size_t{64} * 1024);
  passwd entry{};
  passwd* found = nullptr;
  if (::getpwuid_r(uid, &entry, buffer.data(), buffer.size(), &found) == 0 && found != nullptr) {
    return entry.pw_name;
  }
  return std::to_string(uid);
}

/// A new folder in `parent` that only its owner can enter; empty if none can be made there.
fs::path make_folder(const fs::path& parent, std::string_view prefix) {
  std::string name = (parent / prefix).string() + "XXXXXX";
  return ::mkdtemp(name.data()) == nullptr ? fs::path() : fs::path(name);
}

/// Hands the folder over; false where the file system has no owners or modes of its own.
bool give_to(const std::optional<ProcessUser>& user, const fs::path& folder) {
  if (user.has_value() && ::lchown(folder.c_str(), user->uid, user->gid) != 0) {
    return false;
  }

  struct stat status {};

  const uid_t wanted = user.has_value() ? user->uid : ::geteuid();
  return ::lstat(folder.c_str(), &status) == 0 && status.st_uid == wanted &&
         (status.st_mode & (S_IRWXG | S_IRWXO)) == 0;
}

/// Where the data is made before it gets its name: a folder of the server's user.
fs::path make_unfinished(const fs::path& store, const std::optional<ProcessUser>& user) {
  if (user.has_value() && !can_enter(store, *user)) {
    return {};
  }
  fs::path folder = make_folder(store, kUnfinished);
  if (!folder.empty() && !give_to(user, folder)) {
    fs::remove(folder);
    return {};
  }
  return folder;
}

/// The store outside of the workspace. Its name begins with a hash of where it belongs to, but is
/// unique: a moved workspace keeps its data, and a new one at the old place gets its own.
fs::path make_distant_store(const PrivateServerSettings& settings) {
  std::error_code error;
  fs::create_directories(settings.fallback, error);
  fs::path store = make_folder(settings.fallback, short_sha256(settings.home.string()) + "-");
  if (store.empty()) {
    fail("cannot create a folder in", settings.fallback, errno);
  }
  // Anybody may pass through; what is inside decides for itself.
  fs::permissions(store, fs::perms::owner_all | fs::perms::group_exec | fs::perms::others_exec);
  write_file(store / "workspace", settings.home.string() + "\n");
  return store;
}

/// What a killed initdb started ends by itself, but may write a few more files first.
void remove_patiently(const fs::path& folder) {
  std::error_code error;
  for (int attempt = 0; attempt < 100; ++attempt) {
    fs::remove_all(folder, error);
    if (!error) {
      return;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
}

void remove_leftovers(const PrivateServerSettings& settings) {
  for (const std::string& name : list_names(settings.home)) {
    if (name.starts_with(kUnfinished)) {
      remove_patiently(settings.home / name);
    }
  }
  const fs::path link = settings.home / "data";
  std::error_code error;
  if (!fs::is_symlink(link, error)) {
    return;
  }
  // It leads nowhere, else there would be data: an attempt that was killed before its last step.
  const fs::path store = fs::read_symlink(link).parent_path();
  if (store.parent_path() == settings.fallback) {
    remove_patiently(store);
  }
  fs::remove(link);
}

/// Keeps the data out of version control wherever the workspace has no rule for it.
void hide_from_git(const fs::path& home) {
  if (!fs::exists(home / ".gitignore")) {
    write_file(home / ".gitignore", "*\n");
  }
}

/// In the home if that can be, else in a store behind a link that leads nowhere until the end.
fs::path make_unfinished_anywhere(const PrivateServerSettings& settings,
                                  const std::optional<ProcessUser>& user) {
  fs::path fresh = make_unfinished(settings.home, user);
  if (fresh.empty()) {
    const fs::path store = make_distant_store(settings);
    fs::create_directory_symlink(store / "data", settings.home / "data");
    fresh = make_unfinished(store, user);
  }
  if (fresh.empty()) {
    throw Error({.code = ErrorCode::Database,
                 .message = "cannot make a folder for the private PostgreSQL in '" +
                            settings.home.string() + "' or '" + settings.fallback.string() + "'",
                 .hint = "name a database instead: set DATABASE_URL"});
  }
  return fresh;
}

}  // namespace

std::optional<DataFolder> find_data_folder(const fs::path& home) {
  std::error_code error;
  DataFolder folder{.data = fs::canonical(home / "data", error)};
  if (error == std::errc::no_such_file_or_directory) {
    return std::nullopt;
  }

  struct stat status {};

  if (error || ::stat(folder.data.c_str(), &status) != 0) {
    fail("cannot find the data of the private PostgreSQL in", home, error ? error.value() : errno);
  }
  const bool root = ::geteuid() == 0;
  if (!root && status.st_uid != ::geteuid()) {
    throw Error({.code = ErrorCode::Database,
                 .message = "the private PostgreSQL in '" + home.string() + "' belongs to user '" +
                            user_name(status.st_uid) + "'",
                 .hint = "run medusa as the user that first started it, or delete that folder"});
  }
  if (root) {
    // Whoever made the data goes on running it.
    folder.user = ProcessUser{.uid = status.st_uid, .gid = status.st_gid};
  }
  const std::string version = read_file_if_present(folder.data / "PG_VERSION").value_or("");
  const std::string_view digits = trim(version);
  const auto [end, problem] =
      std::from_chars(digits.data(), digits.data() + digits.size(), folder.major);
  if (problem != std::errc() || (root && status.st_uid == 0)) {
    throw Error(
        {.code = ErrorCode::Database,
         .message = "'" + folder.data.string() + "' is no data folder that PostgreSQL could use",
         .hint = "rm -rf " + home.string() + "  # and start afresh"});
  }
  return folder;
}

DataFolder make_data_folder(const PrivateServerSettings& settings,
                            const PostgresBinaries& binaries) {
  const std::optional<ProcessUser> user = unprivileged_user();
  try {
    remove_leftovers(settings);
    hide_from_git(settings.home);
    const fs::path fresh = make_unfinished_anywhere(settings, user);
    try {
      initialize_cluster(binaries, fresh, user);
      fs::rename(fresh, fresh.parent_path() / "data");
    } catch (...) {
      std::error_code ignored;
      fs::remove_all(fresh, ignored);
      throw;
    }
  } catch (const fs::filesystem_error& error) {
    fail("cannot make the private PostgreSQL in", settings.home, error.code().value());
  }
  const std::optional<DataFolder> made = find_data_folder(settings.home);
  if (!made.has_value()) {
    fail("cannot find the private PostgreSQL just made in", settings.home, ENOENT);
  }
  return *made;
}

}  // namespace medusa
