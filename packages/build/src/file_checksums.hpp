// SPDX-License-Identifier: MIT
// Checksums of files without reading those that did not change since they were last read.
#pragma once

#include <cstdint>
#include <deque>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace medusa {

/// What stat(2) says of a file. Whoever writes to a file changes its `changed_ns`, which nobody can
/// set: a file whose stamp is the same has the same content.
struct FileStamp {
  std::int64_t size = 0;
  std::int64_t modified_ns = 0;  ///< mtime.
  std::int64_t changed_ns = 0;   ///< ctime.
  std::uint64_t inode = 0;

  friend bool operator==(const FileStamp&, const FileStamp&) = default;
};

/// Checksums of one look at some files, with a memory between looks. The memory only saves time: a
/// file is read unless its stamp is what it was when it was read, and files that were just written
/// when they were read are not remembered, because a second change within one tick of the file
/// system's clock would leave the same stamp (git calls such files racy).
class FileChecksums {
 public:
  /// Remembers nothing.
  FileChecksums() = default;

  /// What `memory` holds, a file that `save` wrote. One that is absent or damaged is an empty one.
  explicit FileChecksums(std::filesystem::path memory);

  FileChecksums(const FileChecksums&) = delete;
  FileChecksums& operator=(const FileChecksums&) = delete;
  FileChecksums(FileChecksums&&) = delete;
  FileChecksums& operator=(FileChecksums&&) = delete;
  ~FileChecksums() = default;

  /// SHA-256 of the file as it is, looked at once; nothing if there is no such file.
  /// @throws Error with ErrorCode::Workspace if it cannot be read.
  [[nodiscard]] std::optional<std::string_view> of(const std::string& file);

  /// Writes the memory, if something was read that it did not know: all that was asked for. Where
  /// it cannot be written, the next build takes longer.
  void save();

 private:
  struct Entry {
    FileStamp stamp = {};
    std::string_view checksum = {};  ///< In `text_` or `texts_`, too.
    bool is_known = false;  ///< Stamp and checksum belong together, now and in later builds.
    bool is_looked_at = false;
    bool exists = false;
  };

  /// The folder that was asked about last: names in it are found more quickly than whole paths.
  class Folder {
   public:
    Folder() = default;

    ~Folder() { leave(); }

    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    Folder(Folder&&) = delete;
    Folder& operator=(Folder&&) = delete;

    /// Nothing if there is no such file.
    [[nodiscard]] std::optional<FileStamp> stamp_of(const std::string& file);

   private:
    void enter(std::string_view path);
    void leave();

    std::string path_ = {};
    int descriptor_ = -1;
  };

  [[nodiscard]] Entry& entry_of(const std::string& file);
  void look_at(const std::string& file, Entry& entry);
  void read_memory();

  std::filesystem::path memory_ = {};
  std::string text_ = {};               ///< Of the memory; names in `entries_` point into it,
  std::deque<std::string> texts_ = {};  ///< or in here.
  std::unordered_map<std::string_view, Entry> entries_ = {};
  Folder folder_ = {};
  bool learned_ = false;
};

}  // namespace medusa
