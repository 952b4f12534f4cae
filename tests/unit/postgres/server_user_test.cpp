// SPDX-License-Identifier: MIT
#include "medusa/postgres/server_user.hpp"

#include <cstdlib>
#include <filesystem>
#include <string>
#include <unistd.h>

#include <catch2/catch.hpp>

namespace medusa {

namespace fs = std::filesystem;

TEST_CASE("a server of root's is another user's, and one of anybody else's is theirs",
          "[postgres]") {
  const auto user = unprivileged_user();
  CHECK(user.has_value() == (::geteuid() == 0));
  CHECK((!user.has_value() || user->uid != 0));
}

TEST_CASE("a folder can be entered if all above it can", "[postgres]") {
  std::string name = "/tmp/medusa-enter-XXXXXX";
  REQUIRE(::mkdtemp(name.data()) != nullptr);
  const fs::path top(name);
  const fs::path below = top / "below";
  fs::create_directory(below);
  fs::permissions(below, fs::perms::owner_all | fs::perms::others_exec | fs::perms::group_exec);
  constexpr ProcessUser kStranger{.uid = 54321, .gid = 54321};
  const ProcessUser owner{.uid = ::geteuid(), .gid = ::getegid()};

  CHECK(can_enter("/tmp", kStranger));
  CHECK_FALSE(can_enter(below, kStranger));
  CHECK(can_enter(below, owner));
  fs::permissions(top, fs::perms::owner_all | fs::perms::others_exec);
  CHECK(can_enter(below, kStranger));
  // The group's bits count for the group, even where others may do more.
  CHECK_FALSE(can_enter(below, {.uid = kStranger.uid, .gid = ::getegid()}));
  CHECK_FALSE(can_enter(top / "missing", owner));
  fs::remove_all(top);
}

}  // namespace medusa
