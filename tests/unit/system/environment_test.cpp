// SPDX-License-Identifier: MIT
#include "medusa/system/environment.hpp"

#include <cstdlib>

#include <catch2/catch.hpp>

namespace medusa {

TEST_CASE("a variable that is defined but empty is not an absent one", "[system]") {
  const Environment environment({{"EMPTY", ""}, {"SET", "a=b"}});
  CHECK(environment.get("EMPTY") == "");
  CHECK(environment.get("SET") == "a=b");
  CHECK_FALSE(environment.get("ABSENT").has_value());
}

TEST_CASE("the process's variables are read as they are", "[system]") {
  ::setenv("MEDUSA_TEST_VARIABLE", "one=two=three", 1);
  const Environment environment = Environment::of_process();
  ::unsetenv("MEDUSA_TEST_VARIABLE");
  CHECK(environment.get("MEDUSA_TEST_VARIABLE") == "one=two=three");
  CHECK_FALSE(Environment::of_process().get("MEDUSA_TEST_VARIABLE").has_value());
}

}  // namespace medusa
