// SPDX-License-Identifier: MIT
#include "medusa/plan/comparison.hpp"

#include <catch2/catch.hpp>

namespace medusa {

namespace {

/// Both with a source of their own, and nothing else known.
struct Pair {
  Migration today{
      .source = "src/migrations/a.ts", .built = "dist/migrations/a.js", .checksum = "s"};
  Recording recorded{.source_checksum = "s"};

  [[nodiscard]] Comparison result() const { return compare(today, recorded); }
};

}  // namespace

TEST_CASE("where the SQL of both is known, nothing else counts", "[plan]") {
  Pair pair;
  pair.today.up_checksum = "sql";
  pair.recorded.checksum = "sql";
  CHECK(pair.result() == Comparison::Same);
  pair.today.checksum = "reformatted";
  CHECK(pair.result() == Comparison::Same);
  pair.today.up_checksum = "other";
  CHECK(pair.result() == Comparison::SqlDiffers);
  pair.today.source = pair.today.built;  // it came built: its SQL is known all the same
  CHECK(pair.result() == Comparison::SqlDiffers);
}

TEST_CASE("where the SQL of one is not known, sources are compared", "[plan]") {
  Pair pair;
  CHECK(pair.result() == Comparison::Same);
  pair.today.checksum = "other";
  CHECK(pair.result() == Comparison::SourceDiffers);
  pair.recorded.checksum = "sql";  // it was lowered, and is not any more
  CHECK(pair.result() == Comparison::SourceDiffers);
  pair.recorded.checksum.clear();
  pair.today.up_checksum = "sql";  // it ran in the host, and is lowered today
  CHECK(pair.result() == Comparison::SourceDiffers);
}

TEST_CASE("built files are not compared: compilers change", "[plan]") {
  Pair pair;
  pair.today.checksum = "other";
  pair.today.source = pair.today.built;
  CHECK(pair.result() == Comparison::Unknown);
  Pair came_built;
  came_built.recorded.source_checksum.clear();
  CHECK(came_built.result() == Comparison::Unknown);
}

}  // namespace medusa
