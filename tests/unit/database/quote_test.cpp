// SPDX-License-Identifier: MIT
// What a server makes of quoted text is in tests/integration/quote_test.cpp.
#include <catch2/catch.hpp>

#include "medusa/database/connection.hpp"

namespace medusa {

TEST_CASE("identifiers are always quoted, quotes in them doubled", "[database]") {
  CHECK(quote_identifier("migrations") == "\"migrations\"");
  CHECK(quote_identifier("a\"b") == "\"a\"\"b\"");
  CHECK(quote_identifier("a\\b") == "\"a\\b\"");
}

TEST_CASE("literals double their quotes", "[database]") {
  CHECK(quote_literal("") == "''");
  CHECK(quote_literal("it's") == "'it''s'");
  CHECK(quote_literal("a\"b") == "'a\"b'");
}

TEST_CASE("literals with backslashes read the same under any setting", "[database]") {
  CHECK(quote_literal("a\\b") == "E'a\\\\b'");
  CHECK(quote_literal("\\'") == "E'\\\\'''");
}

}  // namespace medusa
