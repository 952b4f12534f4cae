// SPDX-License-Identifier: MIT
#include "medusa/system/files.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace medusa {

namespace fs = std::filesystem;

namespace {

[[noreturn]] void fail(ErrorCode code, const std::string& what, const fs::path& path, int error) {
  throw Error(
      {.code = code, .message = what + " '" + path.string() + "': " + std::strerror(error)});
}

/// Owns a file descriptor until it is closed.
class Descriptor {
 public:
  explicit Descriptor(int value) : value_(value) {}

  ~Descriptor() {
    if (value_ >= 0) {
      ::close(value_);
    }
  }

  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  Descriptor(Descriptor&&) = delete;
  Descriptor& operator=(Descriptor&&) = delete;

  [[nodiscard]] int get() const { return value_; }

 private:
  int value_;
};

std::string read_all(int descriptor, ErrorCode code, const fs::path& path) {
  struct stat status {};

  if (::fstat(descriptor, &status) != 0) {
    fail(code, "cannot read", path, errno);
  }
  if (S_ISDIR(status.st_mode)) {
    fail(code, "cannot read", path, EISDIR);
  }
  std::string content(static_cast<std::size_t>(std::max<off_t>(status.st_size, 0)), '\0');
  std::size_t done = 0;
  while (true) {
    if (done == content.size()) {
      content.resize(done + 4096);  // the size of a pipe or a growing file is not known ahead
    }
    const ssize_t got = ::read(descriptor, content.data() + done, content.size() - done);
    if (got < 0 && errno == EINTR) {
      continue;
    }
    if (got < 0) {
      fail(code, "cannot read", path, errno);
    }
    if (got == 0) {
      break;
    }
    done += static_cast<std::size_t>(got);
  }
  content.resize(done);
  return content;
}

void write_all(int descriptor, std::string_view content, const fs::path& path) {
  while (!content.empty()) {
    const ssize_t put = ::write(descriptor, content.data(), content.size());
    if (put < 0 && errno == EINTR) {
      continue;
    }
    if (put < 0) {
      fail(ErrorCode::Workspace, "cannot write", path, errno);
    }
    content.remove_prefix(static_cast<std::size_t>(put));
  }
}

void create_folder(const fs::path& folder) {
  if (folder.empty()) {
    return;  // a bare file name: our own folder
  }
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) {
    fail(ErrorCode::Workspace, "cannot create folder", folder, error.value());
  }
}

/// How a folder is opened.
constexpr int kFolder = O_RDONLY | O_DIRECTORY | O_CLOEXEC;

/// The entries of a folder, in no order.
class FolderReader {
 public:
  /// Takes what openat(2) gave, be it an error.
  FolderReader(int descriptor, const fs::path& shown)
      : shown_(shown),
        stream_(descriptor < 0 ? nullptr : ::fdopendir(descriptor)) {
    if (stream_ == nullptr) {
      const int error = errno;
      if (descriptor >= 0) {
        ::close(descriptor);
      }
      fail(ErrorCode::Workspace, "cannot list folder", shown_, error);
    }
  }

  ~FolderReader() { ::closedir(stream_); }

  FolderReader(const FolderReader&) = delete;
  FolderReader& operator=(const FolderReader&) = delete;
  FolderReader(FolderReader&&) = delete;
  FolderReader& operator=(FolderReader&&) = delete;

  [[nodiscard]] int descriptor() const { return ::dirfd(stream_); }

  /// Null at the end.
  [[nodiscard]] const dirent* next() {
    errno = 0;
    const dirent* entry = ::readdir(stream_);
    if (entry == nullptr && errno != 0) {
      fail(ErrorCode::Workspace, "cannot list folder", shown_, errno);
    }
    return entry;
  }

 private:
  const fs::path& shown_;
  DIR* stream_;
};

/// S_IFREG, S_IFDIR or something else; a link counts as what it leads to, unless that is a folder.
mode_t kind_of(int folder, const dirent& entry) {
  if (entry.d_type == DT_REG || entry.d_type == DT_DIR) {
    return DTTOIF(entry.d_type);
  }

  struct stat status {};

  if (entry.d_type == DT_UNKNOWN &&
      ::fstatat(folder, entry.d_name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
      !S_ISLNK(status.st_mode)) {
    return status.st_mode & S_IFMT;
  }
  const bool is_file = ::fstatat(folder, entry.d_name, &status, 0) == 0 && S_ISREG(status.st_mode);
  return is_file ? S_IFREG : S_IFLNK;
}

/// std::filesystem's iterator would make a path of each entry, which takes several times as long.
/// `prefix` is what leads to the folder, with a slash at its end; it is left as it was.
void walk(FolderReader reader,
          std::string& prefix,
          const fs::path& top,
          const std::function<void(std::string_view)>& action) {
  const std::size_t size = prefix.size();
  while (const dirent* entry = reader.next()) {
    const std::string_view name = entry->d_name;
    if (name.starts_with('.') || name == "node_modules") {
      continue;
    }
    prefix.append(name);
    const mode_t kind = kind_of(reader.descriptor(), *entry);
    if (kind == S_IFREG) {
      action(prefix);
    } else if (kind == S_IFDIR) {
      prefix += '/';
      walk({::openat(reader.descriptor(), entry->d_name, kFolder | O_NOFOLLOW), top},
           prefix,
           top,
           action);
    }
    prefix.resize(size);
  }
}

}  // namespace

std::string read_file(const fs::path& path, ErrorCode code) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) {
    fail(code, "cannot read", path, errno);
  }
  return read_all(file.get(), code, path);
}

std::optional<std::string> read_file_if_present(const fs::path& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) {
    if (errno == ENOENT || errno == ENOTDIR) {
      return std::nullopt;
    }
    fail(ErrorCode::Workspace, "cannot read", path, errno);
  }
  return read_all(file.get(), ErrorCode::Workspace, path);
}

void write_file(const fs::path& path, std::string_view content) {
  create_folder(path.parent_path());
  std::string temporary = path.string() + ".XXXXXX";
  const Descriptor file(::mkostemp(temporary.data(), O_CLOEXEC));
  if (file.get() < 0) {
    fail(ErrorCode::Workspace, "cannot write", path, errno);
  }
  try {
    write_all(file.get(), content, path);
    // mkostemp makes it private; the file is as readable as any other of the workspace.
    const mode_t mask = ::umask(0);
    ::umask(mask);
    if (::fchmod(file.get(), 0666U & ~mask) != 0 ||
        ::rename(temporary.c_str(), path.c_str()) != 0) {
      fail(ErrorCode::Workspace, "cannot write", path, errno);
    }
  } catch (...) {
    ::unlink(temporary.c_str());
    throw;
  }
}

void for_each_file(const fs::path& folder, const std::function<void(std::string_view)>& action) {
  std::error_code error;
  if (fs::is_directory(folder, error)) {
    std::string prefix;
    walk({::open(folder.c_str(), kFolder), folder}, prefix, folder, action);
  }
}

std::vector<fs::path> list_files(const fs::path& folder) {
  std::vector<fs::path> files;
  for_each_file(folder, [&](std::string_view file) { files.emplace_back(file); });
  std::sort(files.begin(), files.end());
  return files;
}

std::vector<std::string> list_names(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code error;
  if (!fs::is_directory(folder, error)) {
    return names;
  }
  for (auto entry = fs::directory_iterator(folder, error);
       !error && entry != fs::directory_iterator();
       entry.increment(error)) {
    names.push_back(entry->path().filename().string());
  }
  if (error) {
    fail(ErrorCode::Workspace, "cannot list folder", folder, error.value());
  }
  std::sort(names.begin(), names.end());
  return names;
}

void replace_folder(const fs::path& fresh, const fs::path& target) {
  create_folder(target.parent_path());
  if (::rename(fresh.c_str(), target.c_str()) == 0) {
    return;  // there was nothing, or an empty folder
  }
  if (errno != ENOTEMPTY && errno != EEXIST) {
    fail(ErrorCode::Workspace, "cannot replace folder", target, errno);
  }
  if (::renameat2(AT_FDCWD, fresh.c_str(), AT_FDCWD, target.c_str(), RENAME_EXCHANGE) != 0) {
    if (errno != EINVAL && errno != ENOSYS) {
      fail(ErrorCode::Workspace, "cannot replace folder", target, errno);
    }
    // A file system without exchange: two renames are the nearest thing to one step.
    const fs::path retired = fresh.string() + ".old";
    if (::rename(target.c_str(), retired.c_str()) != 0 ||
        ::rename(fresh.c_str(), target.c_str()) != 0) {
      fail(ErrorCode::Workspace, "cannot replace folder", target, errno);
    }
    fs::rename(retired, fresh);
  }
  std::error_code ignored;  // a leftover of the old content is not reachable under its old name
  fs::remove_all(fresh, ignored);
}

FileLock::FileLock(const fs::path& path) {
  create_folder(path.parent_path());
  descriptor_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (descriptor_ < 0) {
    fail(ErrorCode::Workspace, "cannot lock", path, errno);
  }
  while (::flock(descriptor_, LOCK_EX) != 0) {
    if (errno != EINTR) {
      const int error = errno;
      ::close(descriptor_);
      fail(ErrorCode::Workspace, "cannot lock", path, error);
    }
  }
}

FileLock::~FileLock() {
  ::close(descriptor_);
}

}  // namespace medusa
