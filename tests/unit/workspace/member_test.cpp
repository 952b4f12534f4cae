// SPDX-License-Identifier: MIT
#include "medusa/workspace/member.hpp"

#include <catch2/catch.hpp>

namespace medusa {

TEST_CASE("roles have stable names", "[workspace]") {
  CHECK(to_string(Role::Core) == "core");
  CHECK(to_string(Role::Plugin) == "plugin");
  CHECK(to_string(Role::Backend) == "backend");
  CHECK(to_string(Role::Module) == "module");
}

}  // namespace medusa
