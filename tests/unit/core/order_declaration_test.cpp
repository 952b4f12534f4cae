// SPDX-License-Identifier: MIT
#include "medusa/core/order_declaration.hpp"

#include <catch2/catch.hpp>

namespace medusa {

namespace {

/// "optional|member|range|migration", or "-".
std::string parts_of(std::string_view text) {
  const auto reference = OrderReference::parse(text);
  if (!reference.has_value()) {
    return "-";
  }
  return std::string(reference->optional ? "?" : "") + '|' + reference->member + '|' +
         reference->range + '|' + reference->migration;
}

}  // namespace

TEST_CASE("a reference names a member, a version, a migration", "[core]") {
  CHECK(parts_of("reviews") == "|reviews||");
  CHECK(parts_of(" reviews ") == "|reviews||");
  CHECK(parts_of("?reviews") == "?|reviews||");
  CHECK(parts_of("reviews/AddReviews1700000000000") == "|reviews||AddReviews1700000000000");
  CHECK(parts_of("@medusajs/medusa") == "|@medusajs/medusa||");
  CHECK(parts_of("@medusajs/medusa@>=1.20 <2 || ^3") == "|@medusajs/medusa|>=1.20 <2 || ^3|");
  CHECK(parts_of("?@medusajs/medusa@1.x/A1") == "?|@medusajs/medusa|1.x|A1");
  CHECK(parts_of("@medusajs/medusa/A1@2") == "|@medusajs/medusa||A1@2");
  CHECK(parts_of("a@ 1 /b/c") == "|a|1|b/c");
}

TEST_CASE("what is no reference", "[core]") {
  for (const char* text :
       {"", "?", "/", "@", "@/a", "@scope", "@scope/", "a@", "a@/b", "a/", "?@"}) {
    CAPTURE(text);
    CHECK(parts_of(text) == "-");
  }
}

TEST_CASE("the words of an order", "[core]") {
  CHECK(parse_order_relation("after") == OrderRelation::After);
  CHECK(parse_order_relation("before") == OrderRelation::Before);
  CHECK_FALSE(parse_order_relation("After").has_value());
  CHECK(to_string(OrderRelation::Before) == "before");
}

}  // namespace medusa
