// SPDX-License-Identifier: MIT
#include "cmake_shop.hpp"

#include <filesystem>

#include <catch2/catch.hpp>

namespace medusa {

namespace fs = std::filesystem;

CMakeShop::CMakeShop(const std::string& arguments) {
  // The server's own user has to get to its data.
  fs::permissions(root(), fs::perms(0755));
  write("CMakeLists.txt",
        "cmake_minimum_required(VERSION 3.25)\nproject(shop LANGUAGES NONE)\ninclude(\"" +
            (project_root() / "cmake" / "MedusaWorkspace.cmake").string() +
            "\")\nmedusa_add_workspace(EXECUTABLE \"" + medusa_program().string() + "\" " +
            arguments + ")\n");
}

CMakeShop::~CMakeShop() {
  if (exists(".medusa/postgres")) {
    const Outcome outcome = run_medusa(root(), {"database", "stop"});
    CHECK(outcome.exit_code == 0);
  }
}

void CMakeShop::configure(const std::string& generator) const {
  remove("build");
  const Outcome outcome =
      cmake({"-S", root().string(), "-B", (root() / "build").string(), "-G", generator});
  INFO(outcome.output << outcome.errors);
  REQUIRE(outcome.exit_code == 0);
}

Outcome CMakeShop::target(const std::string& name) const {
  return cmake({"--build", (root() / "build").string(), "--target", name});
}

std::string CMakeShop::build(const std::string& name) const {
  const Outcome outcome = target(name);
  INFO(outcome.output << outcome.errors);
  REQUIRE(outcome.exit_code == 0);
  return outcome.output + outcome.errors;
}

Outcome CMakeShop::cmake(const std::vector<std::string>& arguments) {
  // From elsewhere: the targets may not depend on the current folder.
  return run_program(MEDUSA_TEST_CMAKE, "/", arguments);
}

}  // namespace medusa
