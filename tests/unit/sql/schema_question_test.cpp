// SPDX-License-Identifier: MIT
#include "medusa/sql/schema_question.hpp"

#include <catch2/catch.hpp>

namespace medusa {

TEST_CASE("TypeORM's questions about tables and columns are recognised", "[sql]") {
  const auto table = parse_schema_question(
      "SELECT * FROM \"information_schema\".\"tables\" WHERE \"table_schema\" = current_schema() "
      "AND \"table_name\" = 'it''s'");
  REQUIRE(table.has_value());
  CHECK(table->view == "tables");
  CHECK(table->value_of("table_name") == "it's");
  CHECK(table->value_of("table_schema").empty());
  CHECK(table->text() == "is there a table it's");
  const auto column = parse_schema_question(
      "SELECT 1 FROM information_schema.columns WHERE table_schema = 'shop' AND table_name = 'a' "
      "AND column_name = 'b'");
  REQUIRE(column.has_value());
  CHECK(column->text() == "is there a column shop.a.b");
  const auto other =
      parse_schema_question("SELECT * FROM information_schema.schemata WHERE schema_name = 's'");
  REQUIRE(other.has_value());
  CHECK(other->text() == "is there a row in information_schema.schemata for s");
}

TEST_CASE("whatever could do more than ask is no question", "[sql]") {
  const std::string_view sql = GENERATE(values<std::string_view>({
      "",
      "not SQL",
      "DELETE FROM information_schema.tables WHERE table_name = 'a'",
      "SELECT * FROM information_schema.tables",
      "SELECT * FROM tables WHERE table_name = 'a'",
      "SELECT * FROM public.tables WHERE table_name = 'a'",
      "SELECT * FROM information_schema.tables WHERE table_name = 'a'; DROP TABLE a",
      "SELECT * FROM information_schema.tables WHERE table_name = f()",
      "SELECT * FROM information_schema.tables WHERE table_name = current_schema('a')",
      "SELECT * FROM information_schema.tables WHERE table_name = my.current_schema()",
      "SELECT * FROM information_schema.tables WHERE f(table_name) = 'a'",
      "SELECT * FROM information_schema.tables WHERE table_name = 'a' OR f()",
      "SELECT * FROM information_schema.tables WHERE table_name = (SELECT 'a')",
      "SELECT * FROM information_schema.tables WHERE table_name OPERATOR(my.=) 'a'",
      "SELECT * FROM information_schema.tables WHERE table_name = 'a' FOR UPDATE",
      "SELECT * FROM information_schema.tables WHERE table_name = 'a' LIMIT f()",
      "SELECT * FROM information_schema.tables WHERE table_name = 'a' UNION SELECT * FROM t",
      "SELECT * INTO b FROM information_schema.tables WHERE table_name = 'a'",
      "SELECT f() FROM information_schema.tables WHERE table_name = 'a'",
      "SELECT * FROM information_schema.tables, f() WHERE table_name = 'a'",
      "WITH d AS (DELETE FROM t RETURNING 1) SELECT * FROM information_schema.tables WHERE "
      "table_name = 'a'",
  }));
  INFO(sql);
  CHECK_FALSE(parse_schema_question(sql).has_value());
}

}  // namespace medusa
