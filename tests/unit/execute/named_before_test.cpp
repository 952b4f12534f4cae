// SPDX-License-Identifier: MIT
#include "named_before.hpp"

#include <catch2/catch.hpp>

namespace medusa {

TEST_CASE("a name is found wherever a statement has it, whatever its case", "[execute]") {
  NamedBefore before;
  before.add({.sql = "CREATE TABLE \"Review\" (id int)"}, 1);
  before.add({.sql = "DO $$ BEGIN EXECUTE 'DROP TABLE review'; END $$"}, 2);
  before.add({.sql = "SELECT make($1)", .parameters = {{std::nullopt, "supplier"}}}, 3);
  before.add({.sql = "CREATE TABLE \"two words\" ()"}, 4);
  before.add({.sql = "DROP TABLE review"}, 1);  // read later, though it runs before
  CHECK(before.statements() == 5);
  CHECK(before.find("REVIEW") == 2);
  CHECK(before.find("supplier") == 3);
  CHECK(before.find("two words") == 4);
}

TEST_CASE("a part of a longer name is another name", "[execute]") {
  NamedBefore before;
  before.add({.sql = "CREATE TABLE product_review (id int)"}, 1);
  CHECK_FALSE(before.find("review").has_value());
  CHECK_FALSE(before.find("product").has_value());
  CHECK_FALSE(NamedBefore().find("product").has_value());
}

}  // namespace medusa
