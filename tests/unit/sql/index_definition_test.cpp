// SPDX-License-Identifier: MIT
#include "medusa/sql/index_definition.hpp"

#include <string>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

namespace medusa {

namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

std::string on_t(const std::string& rest) {
  return "CREATE INDEX ON t " + rest;
}

}  // namespace

TEST_CASE("definitions of one index in different words", "[sql]") {
  // On the right as pg_get_indexdef writes it.
  const Pairs same{{"(a)", "USING btree (a)"},
                   {"(a ASC NULLS LAST, b DESC NULLS FIRST)", "USING btree (a, b DESC)"},
                   {"(lower(a))", "USING btree (lower((a)::text))"},
                   {"((a || 'x'))", "USING btree ((((a)::text || 'x'::text)))"},
                   {"(a) WHERE b <> 'x'", "USING btree (a) WHERE (b <> 'x'::text)"},
                   {"(a) WHERE b != 'x'", "USING btree (a) WHERE ((b)::text <> 'x'::text)"},
                   {"(a) WHERE c", "USING btree (a) WHERE c"},
                   {"(a) WITH (fillfactor = 70)", "USING btree (a) WITH (fillfactor='70')"},
                   {"(a) WHERE b IN ('x', 'y')",
                    "USING btree (a) WHERE (b = ANY (ARRAY['x'::text, 'y'::text]))"},
                   {"(a) WHERE n BETWEEN 1 AND 2", "USING btree (a) WHERE ((n >= 1) AND (n <= 2))"},
                   {"USING gin (a gin_trgm_ops)", "USING gin (a gin_trgm_ops)"}};
  for (const auto& [wanted, live] : same) {
    INFO(wanted << " and " << live);
    CHECK_FALSE(index_definitions_differ(on_t(wanted), on_t(live)));
    CHECK_FALSE(index_definitions_differ(on_t(live), on_t(wanted)));
  }
}

TEST_CASE("definitions of different indexes", "[sql]") {
  const Pairs different{{"(a)", "USING btree (b)"},
                        {"(a, b)", "USING btree (b, a)"},
                        {"(a)", "USING btree (a, b)"},
                        {"(a)", "USING btree (a DESC)"},
                        {"(a)", "USING hash (a)"},
                        {"(a)", "USING btree (lower((a)::text))"},
                        {"(a) INCLUDE (b)", "USING btree (a)"},
                        {"(a) WHERE b IS NULL", "USING btree (a)"},
                        {"(a) WHERE b IN ('x')", "USING btree (a)"},
                        {"(a) WHERE b IS NULL", "USING btree (a) WHERE (c IS NULL)"},
                        {"(a) WHERE b = 'x'", "USING btree (a) WHERE (b = 'y'::text)"},
                        {"(a text_pattern_ops)", "USING btree (a)"}};
  for (const auto& [wanted, live] : different) {
    INFO(wanted << " and " << live);
    CHECK(index_definitions_differ(on_t(wanted), on_t(live)));
    CHECK(index_definitions_differ(on_t(live), on_t(wanted)));
  }
  CHECK(index_definitions_differ("CREATE INDEX ON t (a)", "CREATE UNIQUE INDEX ON t (a)"));
  CHECK(index_definitions_differ("CREATE INDEX ON t (a)", "CREATE INDEX ON u (a)"));
}

TEST_CASE("what is no definition of an index differs from nothing", "[sql]") {
  CHECK_FALSE(index_definitions_differ("", "CREATE INDEX ON t (a)"));
  CHECK_FALSE(index_definitions_differ("CREATE INDEX ON t (a)", "no SQL"));
}

}  // namespace medusa
