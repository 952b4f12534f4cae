// SPDX-License-Identifier: MIT
// So many members that several threads look at them, if the machine has several processors.
#include "inspection.hpp"

#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "medusa/core/error.hpp"

#include "temporary_workspace.hpp"

namespace medusa {

namespace {

constexpr std::size_t kMany = 40;
const std::string kFile = "/src/migrations/1700000000000-a.sql";

/// "member0" and so on, each with an SQL migration.
class ManyMembers {
 public:
  ManyMembers() {
    workspace_.root = folder_.root();
    for (std::size_t i = 0; i < kMany; ++i) {
      const std::string name = name_of(i);
      workspace_.members.push_back({.name = name, .version = "1", .root = folder_.root() / name});
      folder_.write(name + kFile, "-- migrate:up\nSELECT " + std::to_string(i) + ";\n");
    }
  }

  static std::string name_of(std::size_t i) { return "member" + std::to_string(i); }

  /// Its manifest cannot be read: it is a folder.
  void spoil(std::size_t i) const {
    folder_.write(name_of(i) + "/dist/migrations/medusa-manifest.json/file", "");
  }

  [[nodiscard]] std::vector<MemberBuild> inspect() const { return inspect_members(workspace_, {}); }

  [[nodiscard]] std::string inspection_error() const {
    try {
      static_cast<void>(inspect());
    } catch (const Error& error) {
      return error.what();
    }
    return "none";
  }

 private:
  TemporaryWorkspace folder_;
  Workspace workspace_;
};

}  // namespace

TEST_CASE("members that are looked at side by side keep their order and what is theirs",
          "[build]") {
  const ManyMembers shop;
  const std::vector<MemberBuild> first = shop.inspect();
  const std::vector<MemberBuild> again = shop.inspect();  // with the memory of the first
  REQUIRE(first.size() == kMany);
  REQUIRE(again.size() == kMany);
  std::set<std::string> checksums;
  for (std::size_t i = 0; i < kMany; ++i) {
    CHECK(first[i].member.name == ManyMembers::name_of(i));
    REQUIRE(first[i].sources.size() == 1);
    REQUIRE(again[i].sources.size() == 1);
    CHECK(again[i].sources[0].checksum == first[i].sources[0].checksum);
    checksums.insert(first[i].sources[0].checksum);
  }
  CHECK(checksums.size() == kMany);
}

TEST_CASE("of several members that cannot be looked at the first one is named", "[build]") {
  const ManyMembers shop;
  shop.spoil(31);
  shop.spoil(17);
  shop.spoil(18);
  CHECK_THAT(shop.inspection_error(), Catch::Contains("member17/"));
}

}  // namespace medusa
