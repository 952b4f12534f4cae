// SPDX-License-Identifier: MIT
#include "medusa/build/depfile.hpp"

#include <catch2/catch.hpp>

#include "temporary_workspace.hpp"

namespace medusa {

namespace fs = std::filesystem;

namespace {

using Paths = std::vector<fs::path>;

/// A workspace of one built member, and a stamp outside of both.
class Shop {
 public:
  Shop() {
    folder_.write("shop/plugin/src/migrations/1-a.sql", "");
    folder_.write("shop/plugin/dist/migrations/1-a.js", "");
    folder_.write("shop/.medusa/stamps", "");
    workspace_.root = root();
    result_.members.push_back(
        {.member = {.name = "plugin", .root = root() / "plugin", .role = Role::Plugin},
         .output = root() / "plugin/dist/migrations",
         .lowered = root() / "plugin/dist/migrations"});
  }

  [[nodiscard]] fs::path root() const { return folder_.root() / "shop"; }

  [[nodiscard]] fs::path source() const { return root() / "plugin/src/migrations/1-a.sql"; }

  /// The depfile after a build of the inputs that began so long after they were written.
  [[nodiscard]] std::string stamp(const Paths& inputs, std::chrono::hours later) const {
    const auto start = fs::file_time_type::clock::now() + later;
    write_stamp(files(), inputs, workspace_, result_, start);
    return folder_.read("out/inputs.d");
  }

  /// Whether a build system that compares times would do nothing.
  [[nodiscard]] bool is_newer_than(const fs::path& input) const {
    return fs::exists(files().stamp) &&
           fs::last_write_time(files().stamp) >= fs::last_write_time(input);
  }

 private:
  [[nodiscard]] BuildStamp files() const {
    return {.stamp = folder_.root() / "out/stamp", .depfile = folder_.root() / "out/inputs.d"};
  }

  TemporaryWorkspace folder_;
  Workspace workspace_ = {};
  BuildResult result_ = {};
};

constexpr std::chrono::hours kLater{1};
constexpr std::chrono::hours kEarlier{-1};

}  // namespace

TEST_CASE("a depfile is a rule for make", "[build]") {
  CHECK(depfile_text("/b/stamp", {}) == "/b/stamp:\n");
  CHECK(depfile_text("/b/stamp", {"/a", "/c/d.ts"}) == "/b/stamp: \\\n  /a \\\n  /c/d.ts\n");
}

TEST_CASE("characters that mean something in depfiles are escaped", "[build]") {
  CHECK(depfile_text("/a b", {}) == "/a\\ b:\n");
  CHECK(depfile_text("/t", {"/a#b"}) == "/t: \\\n  /a\\#b\n");
  CHECK(depfile_text("/t", {"/a$b"}) == "/t: \\\n  /a$$b\n");
  CHECK(depfile_text("/t", {"/a\\b"}) == "/t: \\\n  /a\\b\n");
  CHECK(depfile_text("/t", {"/a\\ b"}) == "/t: \\\n  /a\\\\\\ b\n");
}

TEST_CASE("after a build, the stamp is newer than its inputs", "[build]") {
  const Shop shop;
  const std::string depfile = shop.stamp({shop.source()}, kLater);
  CHECK(depfile.find(shop.source().string()) != std::string::npos);
  CHECK(shop.is_newer_than(shop.source()));
}

TEST_CASE("what changed while a build ran is built by the next", "[build]") {
  const Shop shop;
  (void)shop.stamp({shop.source()}, kEarlier);
  CHECK_FALSE(shop.is_newer_than(shop.source()));
}

TEST_CASE("what disappeared while a build ran is noticed by the next", "[build]") {
  const Shop shop;
  (void)shop.stamp({shop.source(), shop.root() / "gone"}, kLater);
  CHECK_FALSE(shop.is_newer_than(shop.source()));
}

TEST_CASE("what a build itself writes is no change", "[build]") {
  const Shop shop;
  const Paths inputs{shop.root() / "plugin/dist/migrations/1-a.js",
                     shop.root() / "plugin/dist",
                     shop.root() / "plugin",
                     shop.root() / ".medusa/stamps",
                     shop.root()};
  (void)shop.stamp(inputs, kEarlier);
  for (const fs::path& input : inputs) {
    CAPTURE(input);
    CHECK(shop.is_newer_than(input));
  }
}

TEST_CASE("a name that not all readers of depfiles understand makes every build look", "[build]") {
  const Shop shop;
  const std::string name = GENERATE("a\nb", "a$b", "a;b", "a'b", "a\\b");
  const fs::path odd = shop.root() / name;
  fs::create_directory(odd);
  CHECK(shop.stamp({shop.source(), odd}, kLater).find(odd.string()) == std::string::npos);
  CHECK_FALSE(shop.is_newer_than(shop.source()));
}

}  // namespace medusa
