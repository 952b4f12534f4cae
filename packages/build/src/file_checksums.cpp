// SPDX-License-Identifier: MIT
#include "file_checksums.hpp"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <ctime>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

#include "medusa/core/checksum.hpp"
#include "medusa/core/error.hpp"
#include "medusa/system/files.hpp"

namespace medusa {

namespace {

// A line each: a heading, then "CHECKSUM SIZE MTIME CTIME INODE PATH", then the number of those.
constexpr std::string_view kHeading = "medusa checksums 1\n";
constexpr std::string_view kEnd = "end ";
constexpr std::size_t kChecksumSize = 64;

constexpr std::int64_t kNanoseconds = 1'000'000'000;
/// The coarsest clock of a file system that is still in use (FAT).
constexpr std::int64_t kCoarsestTick = 2 * kNanoseconds;

std::int64_t nanoseconds(const timespec& time) {
  return time.tv_sec * kNanoseconds + time.tv_nsec;
}

/// The clock that file systems take their times from.
std::int64_t now() {
  timespec time{};
  ::clock_gettime(CLOCK_REALTIME_COARSE, &time);
  return nanoseconds(time);
}

/// Takes a number and the blank after it off the front of the line.
template <typename Number>
bool take(std::string_view& line, Number& number) {
  const char* end = line.data() + line.size();
  const auto [stop, error] = std::from_chars(line.data(), end, number);
  if (error != std::errc() || stop == end || *stop != ' ') {
    return false;
  }
  line.remove_prefix(static_cast<std::size_t>(stop - line.data()) + 1);
  return true;
}

/// Takes a line without its end off the front of the text; false if there is no whole one.
bool take_line(std::string_view& text, std::string_view& line) {
  const std::size_t end = text.find('\n');
  if (end == std::string_view::npos) {
    return false;
  }
  line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return true;
}

void append(std::string& text, std::string_view checksum, const FileStamp& stamp) {
  text += checksum;
  for (const std::int64_t number : {stamp.size, stamp.modified_ns, stamp.changed_ns}) {
    text += ' ';
    text += std::to_string(number);
  }
  text += ' ';
  text += std::to_string(stamp.inode);
  text += ' ';
}

}  // namespace

FileChecksums::FileChecksums(std::filesystem::path memory) : memory_(std::move(memory)) {
  try {
    text_ = read_file_if_present(memory_).value_or("");
  } catch (const Error&) {
    return;  // unreadable is as good as absent
  }
  read_memory();
}

void FileChecksums::read_memory() {
  std::string_view rest = text_;
  if (!rest.starts_with(kHeading)) {
    return;
  }
  rest.remove_prefix(kHeading.size());
  constexpr std::size_t kShortLine = 150;
  entries_.reserve(rest.size() / kShortLine);
  for (std::string_view line; take_line(rest, line);) {
    if (line.starts_with(kEnd)) {
      if (line.substr(kEnd.size()) == std::to_string(entries_.size())) {
        return;
      }
      break;
    }
    Entry entry{.checksum = line.substr(0, kChecksumSize), .is_known = true};
    line.remove_prefix(std::min(line.size(), kChecksumSize + 1));
    if (!take(line, entry.stamp.size) || !take(line, entry.stamp.modified_ns) ||
        !take(line, entry.stamp.changed_ns) || !take(line, entry.stamp.inode)) {
      break;
    }
    entries_.emplace(line, std::move(entry));
  }
  entries_.clear();  // damaged, or cut off
}

void FileChecksums::Folder::leave() {
  if (descriptor_ >= 0) {
    ::close(std::exchange(descriptor_, -1));
  }
}

/// Where it cannot be opened, the whole path will say why.
void FileChecksums::Folder::enter(std::string_view path) {
  if (path_ != path) {
    leave();
    path_ = path;
    descriptor_ = ::open(path_.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
  }
}

std::optional<FileStamp> FileChecksums::Folder::stamp_of(const std::string& file) {
  struct stat status {};

  const std::size_t slash = file.rfind('/');
  if (slash != std::string::npos) {
    enter(std::string_view(file).substr(0, slash));
  }
  const bool is_inside = slash != std::string::npos && descriptor_ >= 0;
  const int outcome = is_inside ? ::fstatat(descriptor_, file.c_str() + slash + 1, &status, 0)
                                : ::stat(file.c_str(), &status);
  if (outcome == 0) {
    return FileStamp{.size = status.st_size,
                     .modified_ns = nanoseconds(status.st_mtim),
                     .changed_ns = nanoseconds(status.st_ctim),
                     .inode = status.st_ino};
  }
  if (errno == ENOENT || errno == ENOTDIR) {
    return std::nullopt;
  }
  throw Error({.code = ErrorCode::Workspace,
               .message = "cannot read '" + file + "': " + std::strerror(errno)});
}

FileChecksums::Entry& FileChecksums::entry_of(const std::string& file) {
  const auto found = entries_.find(file);
  return found != entries_.end() ? found->second : entries_[texts_.emplace_back(file)];
}

std::optional<std::string_view> FileChecksums::of(const std::string& file) {
  Entry& entry = entry_of(file);
  if (!entry.is_looked_at) {
    look_at(file, entry);
  }
  return entry.exists ? std::optional(entry.checksum) : std::nullopt;
}

void FileChecksums::look_at(const std::string& file, Entry& entry) {
  const std::optional<FileStamp> stamp = folder_.stamp_of(file);
  entry.is_looked_at = true;
  entry.exists = stamp.has_value();
  if (!entry.exists || (entry.is_known && entry.stamp == *stamp)) {
    return;
  }
  // The stamp is older than the content that is read now: what changes in between is noticed.
  const bool is_settled = std::max(stamp->modified_ns, stamp->changed_ns) + kCoarsestTick < now();
  const std::optional<std::string> content = read_file_if_present(file);
  entry.exists = content.has_value();
  entry.is_known = is_settled && content.has_value();
  entry.stamp = *stamp;
  entry.checksum = texts_.emplace_back(sha256(content.value_or("")));
  learned_ = learned_ || entry.is_known;
}

void FileChecksums::save() {
  if (!learned_ || memory_.empty()) {
    return;
  }
  std::string text(kHeading);
  std::size_t count = 0;
  for (const auto& [file, entry] : entries_) {
    if (entry.is_looked_at && entry.exists && entry.is_known &&
        file.find('\n') == std::string_view::npos) {
      append(text, entry.checksum, entry.stamp);
      text += file;
      text += '\n';
      ++count;
    }
  }
  text += std::string(kEnd) + std::to_string(count) + '\n';
  try {
    write_file(memory_, text);
  } catch (const Error&) {
    return;  // somewhere nothing can be written: then nothing is remembered
  }
  learned_ = false;
}

}  // namespace medusa
