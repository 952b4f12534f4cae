// SPDX-License-Identifier: MIT
#include "medusa/config/setting.hpp"

#include <catch2/catch.hpp>

namespace medusa {

TEST_CASE("an origin prints as the place a person would look at", "[config]") {
  CHECK(to_string(Origin{.kind = Origin::Kind::Flag, .name = "--database-url"}) ==
        "--database-url");
  CHECK(to_string(Origin{.kind = Origin::Kind::Environment, .name = "DATABASE_URL"}) ==
        "DATABASE_URL");
  CHECK(to_string(Origin{.kind = Origin::Kind::File,
                         .location = Location{.file = "/shop/medusa.toml", .line = 7}}) ==
        "medusa.toml:7");
  CHECK(to_string(Origin{}) == "default");
}

}  // namespace medusa
