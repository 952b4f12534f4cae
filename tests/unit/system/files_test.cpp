// SPDX-License-Identifier: MIT
#include "medusa/system/files.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "temporary_workspace.hpp"

namespace medusa {

namespace fs = std::filesystem;

namespace {

using Catch::Matchers::Contains;

/// The error that `call` throws; fails the test if it throws none.
template <typename Call>
Diagnostic problem_of(const Call& call) {
  try {
    call();
  } catch (const Error& error) {
    return error.first();
  }
  FAIL("no error");
  return {};
}

/// Runs `work` in another process and returns its exit status.
template <typename Work>
pid_t in_another_process(const Work& work) {
  const pid_t child = ::fork();
  if (child == 0) {
    ::_exit(work());
  }
  return child;
}

int exit_status(pid_t child) {
  int status = -1;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace

TEST_CASE("a file is read back byte for byte", "[system]") {
  const TemporaryWorkspace folder;
  std::string content = "a\r\n\xff";
  content += '\0';
  content += std::string(100000, 'x');
  write_file(folder.root() / "f", content);
  CHECK(read_file(folder.root() / "f") == content);
  CHECK(read_file_if_present(folder.root() / "f") == content);
}

TEST_CASE("a file whose size the system does not tell is read whole", "[system]") {
  CHECK_THAT(read_file("/proc/self/status"), Contains("PPid:") && Contains("voluntary_ctxt"));
}

TEST_CASE("a file that cannot be read is named, with the caller's code", "[system]") {
  const TemporaryWorkspace folder;
  const fs::path missing = folder.root() / "none";
  const Diagnostic problem =
      problem_of([&] { static_cast<void>(read_file(missing, ErrorCode::Config)); });
  CHECK(problem.code == ErrorCode::Config);
  CHECK_THAT(problem.message, Contains(missing.string()) && Contains("No such file"));
}

TEST_CASE("a folder is no file", "[system]") {
  const TemporaryWorkspace folder;
  const auto read = [&] { static_cast<void>(read_file(folder.root())); };
  const auto look = [&] { static_cast<void>(read_file_if_present(folder.root())); };
  CHECK_THAT(problem_of(read).message, Contains(folder.root().string()));
  CHECK_THAT(problem_of(look).message, Contains(folder.root().string()));
}

TEST_CASE("a file that is not there is not present", "[system]") {
  const TemporaryWorkspace folder;
  folder.write("f", "");
  CHECK_FALSE(read_file_if_present(folder.root() / "none").has_value());
  CHECK_FALSE(read_file_if_present(folder.root() / "none" / "x").has_value());
  CHECK_FALSE(read_file_if_present(folder.root() / "f" / "x").has_value());
}

TEST_CASE("writing a file makes its folders and replaces what was there", "[system]") {
  const TemporaryWorkspace folder;
  const fs::path file = folder.root() / "a" / "b" / "f";
  write_file(file, "a long first content");
  write_file(file, "second");
  CHECK(read_file(file) == "second");
  CHECK(list_names(file.parent_path()) == std::vector<std::string>{"f"});
}

TEST_CASE("a reader that has the old file open keeps the old content", "[system]") {
  const TemporaryWorkspace folder;
  folder.write("f", "old");
  const int reader = ::open((folder.root() / "f").c_str(), O_RDONLY);
  write_file(folder.root() / "f", "new");
  std::string seen(3, ' ');
  CHECK(::read(reader, seen.data(), seen.size()) == 3);
  CHECK(seen == "old");
  ::close(reader);
}

TEST_CASE("a written file is as readable as the umask says", "[system]") {
  const TemporaryWorkspace folder;
  const mode_t before = ::umask(027);
  write_file(folder.root() / "f", "x");
  const mode_t kept = ::umask(before);

  struct stat status {};

  REQUIRE(::stat((folder.root() / "f").c_str(), &status) == 0);
  CHECK((status.st_mode & 0777U) == 0640U);
  CHECK(kept == 027);
}

TEST_CASE("a file may be written into the current folder by its bare name", "[system]") {
  const TemporaryWorkspace folder;
  const fs::path before = fs::current_path();
  fs::current_path(folder.root());
  CHECK_NOTHROW(write_file("bare", "x"));
  fs::current_path(before);
  CHECK(folder.read("bare") == "x");
}

TEST_CASE("a failed write leaves neither a change nor a temporary file", "[system]") {
  const TemporaryWorkspace folder;
  folder.write("taken/inside", "x");
  const Diagnostic problem = problem_of([&] { write_file(folder.root() / "taken", "y"); });
  CHECK(problem.code == ErrorCode::Workspace);
  CHECK_THAT(problem.message, Contains((folder.root() / "taken").string()));
  CHECK(list_names(folder.root()) == std::vector<std::string>{"taken"});
  CHECK(folder.read("taken/inside") == "x");
}

TEST_CASE("a folder that cannot be made is named", "[system]") {
  const TemporaryWorkspace folder;
  folder.write("f", "");
  const Diagnostic problem = problem_of([&] { write_file(folder.root() / "f" / "x" / "y", "z"); });
  CHECK_THAT(problem.message, Contains((folder.root() / "f" / "x").string()));
}

TEST_CASE("files are listed sorted, without dot files and node_modules", "[system]") {
  const TemporaryWorkspace folder;
  for (const char* file : {"b.ts",
                           "a/z.ts",
                           "a.ts",
                           "a/node_modules/p/index.js",
                           ".hidden",
                           ".git/config",
                           "node_modules/x.js",
                           "a-b.ts"}) {
    folder.write(file, "");
  }
  CHECK(list_files(folder.root()) == std::vector<fs::path>{"a/z.ts", "a-b.ts", "a.ts", "b.ts"});
}

TEST_CASE("links to files are listed, broken ones and circles are not", "[system]") {
  const TemporaryWorkspace folder;
  folder.write("file", "");
  fs::create_symlink("file", folder.root() / "link");
  fs::create_symlink("nowhere", folder.root() / "broken");
  fs::create_symlink("circle", folder.root() / "circle");
  CHECK(list_files(folder.root()) == std::vector<fs::path>{"file", "link"});
}

TEST_CASE("a folder that does not exist has no files", "[system]") {
  const TemporaryWorkspace folder;
  folder.write("f", "");
  CHECK(list_files(folder.root() / "none").empty());
  CHECK(list_files(folder.root() / "f").empty());
  CHECK(list_names(folder.root() / "none").empty());
}

TEST_CASE("names are those of the folder's own entries, sorted", "[system]") {
  const TemporaryWorkspace folder;
  folder.write("b/c", "");
  folder.write("a", "");
  folder.write(".d", "");
  CHECK(list_names(folder.root()) == std::vector<std::string>{".d", "a", "b"});
}

TEST_CASE("a folder takes the place of nothing, of an empty and of a full folder", "[system]") {
  const TemporaryWorkspace folder;
  folder.write("fresh/new", "1");
  const fs::path target = folder.root() / "some" / "target";
  SECTION("nothing") {}
  SECTION("empty") {
    fs::create_directories(target);
  }
  SECTION("full") {
    write_file(target / "old", "0");
    write_file(target / "deep" / "old", "0");
  }
  replace_folder(folder.root() / "fresh", target);
  CHECK(list_files(target) == std::vector<fs::path>{"new"});
  CHECK(list_names(folder.root()) == std::vector<std::string>{"some"});
  CHECK(list_names(folder.root() / "some") == std::vector<std::string>{"target"});
}

TEST_CASE("a file in the way of a folder stays and is named", "[system]") {
  const TemporaryWorkspace folder;
  folder.write("fresh/new", "1");
  folder.write("target", "file");
  const auto replace = [&] { replace_folder(folder.root() / "fresh", folder.root() / "target"); };
  CHECK_THAT(problem_of(replace).message, Contains((folder.root() / "target").string()));
  CHECK(folder.read("target") == "file");
  CHECK(folder.read("fresh/new") == "1");
}

TEST_CASE("a held lock is closed to another process", "[system]") {
  const TemporaryWorkspace folder;
  const fs::path path = folder.root() / "new" / "lock";
  const FileLock lock(path);
  const pid_t other = in_another_process([&] {
    const int descriptor = ::open(path.c_str(), O_RDWR);
    return ::flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK ? 0 : 1;
  });
  CHECK(exit_status(other) == 0);
}

TEST_CASE("who waits for a lock gets it after its release, not before", "[system]") {
  const TemporaryWorkspace folder;
  const fs::path path = folder.root() / "lock";
  int ends[2] = {-1, -1};
  REQUIRE(::pipe(ends) == 0);
  // Forked before there is a lock: a child that inherits the lock's descriptor holds it, too.
  const pid_t other = in_another_process([&] {
    char go = 0;
    if (::read(ends[0], &go, 1) != 1) {
      return 2;
    }
    const FileLock theirs(path);
    return folder.exists("released") ? 0 : 1;
  });
  {
    const FileLock lock(path);
    REQUIRE(::write(ends[1], "x", 1) == 1);
    folder.write("released", "");
  }
  CHECK(exit_status(other) == 0);
  ::close(ends[0]);
  ::close(ends[1]);
}

TEST_CASE("a lock ends with its process", "[system]") {
  const TemporaryWorkspace folder;
  const fs::path path = folder.root() / "lock";
  const pid_t other = in_another_process([&] {
    const FileLock theirs(path);
    ::_exit(0);
    return 1;
  });
  REQUIRE(exit_status(other) == 0);
  CHECK_NOTHROW(FileLock(path));
}

}  // namespace medusa
