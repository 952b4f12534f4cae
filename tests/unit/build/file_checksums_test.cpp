// SPDX-License-Identifier: MIT
#include "file_checksums.hpp"

#include <array>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "medusa/core/checksum.hpp"
#include "medusa/core/error.hpp"
#include "medusa/system/files.hpp"

#include "medusa_program.hpp"
#include "temporary_workspace.hpp"

namespace medusa {

namespace fs = std::filesystem;

namespace {

struct stat status_of(const fs::path& file) {
  struct stat status {};

  REQUIRE(::stat(file.c_str(), &status) == 0);
  return status;
}

std::string nanoseconds(const timespec& time) {
  return std::to_string(time.tv_sec * 1'000'000'000 + time.tv_nsec);
}

const std::string kRemembered(64, 'a');

/// A memory that says of the file, as it is now, that its checksum is kRemembered.
std::string memory_of(const fs::path& file) {
  const struct stat status = status_of(file);
  return "medusa checksums 1\n" + kRemembered + ' ' + std::to_string(status.st_size) + ' ' +
         nanoseconds(status.st_mtim) + ' ' + nanoseconds(status.st_ctim) + ' ' +
         std::to_string(status.st_ino) + ' ' + file.string() + "\nend 1\n";
}

/// A file and a memory of it.
class Remembered {
 public:
  Remembered() {
    folder_.write("file", "content");
    folder_.write("memory", memory_of(file()));
  }

  [[nodiscard]] fs::path file() const { return folder_.root() / "file"; }

  [[nodiscard]] fs::path memory() const { return folder_.root() / "memory"; }

  [[nodiscard]] std::string checksum() const {
    FileChecksums checksums(memory());
    return std::string(checksums.of(file()).value());
  }

  [[nodiscard]] const TemporaryWorkspace& folder() const { return folder_; }

 private:
  TemporaryWorkspace folder_;
};

void overwrite(const fs::path& file, std::string_view content) {
  const int descriptor = ::open(file.c_str(), O_WRONLY);
  REQUIRE(descriptor >= 0);
  REQUIRE(::write(descriptor, content.data(), content.size()) ==
          static_cast<ssize_t>(content.size()));
  ::close(descriptor);
}

}  // namespace

TEST_CASE("the checksum of a file is that of its content", "[build]") {
  const TemporaryWorkspace folder;
  folder.write("file", "content");
  FileChecksums checksums;
  CHECK(checksums.of(folder.root() / "file") == sha256("content"));
  CHECK_FALSE(checksums.of(folder.root() / "none").has_value());
  CHECK_FALSE(checksums.of(folder.root() / "file" / "below").has_value());
  CHECK_THROWS_AS(checksums.of(folder.root()), Error);
}

TEST_CASE("a file that looks as remembered is not read", "[build]") {
  CHECK(Remembered().checksum() == kRemembered);
}

TEST_CASE("another content is noticed although size and time are those of before", "[build]") {
  const Remembered remembered;
  const struct stat before = status_of(remembered.file());
  overwrite(remembered.file(), "CONTENT");
  const std::array times{before.st_atim, before.st_mtim};
  REQUIRE(::utimensat(AT_FDCWD, remembered.file().c_str(), times.data(), 0) == 0);
  const struct stat after = status_of(remembered.file());
  REQUIRE(after.st_size == before.st_size);
  REQUIRE(after.st_ino == before.st_ino);
  REQUIRE(nanoseconds(after.st_mtim) == nanoseconds(before.st_mtim));
  CHECK(remembered.checksum() == sha256("CONTENT"));
}

TEST_CASE("a file in the place of another is read", "[build]") {
  const Remembered remembered;
  remembered.folder().write("file", "content");
  CHECK(remembered.checksum() == sha256("content"));
}

TEST_CASE("a damaged memory is as good as none", "[build]") {
  const Remembered remembered;
  const std::string text = read_file(remembered.memory());
  const std::string damaged = GENERATE_COPY(std::string(),
                                            std::string("\n\n\n"),
                                            "x" + text,
                                            text.substr(0, text.size() / 2),
                                            text.substr(0, text.size() - 3),
                                            text.substr(0, text.find("end")),
                                            text.substr(0, text.find("end")) + "end 2\n",
                                            text.substr(0, 40) + '\n' + text.substr(40));
  remembered.folder().write("memory", damaged);
  CHECK(remembered.checksum() == sha256("content"));
}

TEST_CASE("a memory that cannot be read or written only costs time", "[build]") {
  const Remembered remembered;
  remembered.folder().remove("memory");
  fs::create_directory(remembered.memory());
  FileChecksums checksums(remembered.memory());
  CHECK(checksums.of(remembered.file()) == sha256("content"));
  CHECK(checksums.of(project_root() / "LICENSE").has_value());
  checksums.save();
  CHECK(fs::is_directory(remembered.memory()));
}

TEST_CASE("what was read is remembered for the next time", "[build]") {
  const TemporaryWorkspace folder;
  const fs::path memory = folder.root() / "deep" / "memory";
  const fs::path old_file = project_root() / "LICENSE";  // nobody has just written it
  FileChecksums first(memory);
  CHECK(first.of(old_file) == sha256(read_file(old_file)));
  first.save();
  std::string text = read_file(memory);
  text.replace(text.find(sha256(read_file(old_file))), kRemembered.size(), kRemembered);
  folder.write("deep/memory", text);
  FileChecksums second(memory);
  CHECK(second.of(old_file) == kRemembered);
  // Nothing was learned, so there is nothing to write.
  folder.remove("deep");
  second.save();
  CHECK_FALSE(fs::exists(memory));
}

TEST_CASE("a file that was just written is not remembered", "[build]") {
  const TemporaryWorkspace folder;
  folder.write("file", "content");
  FileChecksums checksums(folder.root() / "memory");
  CHECK(checksums.of(folder.root() / "file").has_value());
  CHECK(checksums.of(project_root() / "LICENSE").has_value());
  checksums.save();
  CHECK(folder.read("memory").find((folder.root() / "file").string()) == std::string::npos);
  CHECK(folder.read("memory").find("LICENSE") != std::string::npos);
}

TEST_CASE("a file is looked at once", "[build]") {
  const TemporaryWorkspace folder;
  const fs::path file = folder.root() / "file";
  FileChecksums checksums;
  CHECK_FALSE(checksums.of(file).has_value());
  folder.write("file", "content");
  CHECK_FALSE(checksums.of(file).has_value());
  FileChecksums second;
  CHECK(second.of(file) == sha256("content"));
  overwrite(file, "CONTENT");
  CHECK(second.of(file) == sha256("content"));
}

}  // namespace medusa
