// SPDX-License-Identifier: MIT
#include "medusa/sql/rollback.hpp"

#include <string>
#include <utility>

#include <catch2/catch.hpp>

namespace medusa {

TEST_CASE("what a rollback does not undo is found", "[sql]") {
  using Case = std::pair<std::string, std::string>;
  const auto [sql, what] = GENERATE(values<Case>({
      {"SELECT 1; CREATE INDEX CONCURRENTLY i ON t (a)", "CREATE INDEX CONCURRENTLY"},
      {"DROP INDEX CONCURRENTLY i", "DROP INDEX CONCURRENTLY"},
      {"REINDEX TABLE CONCURRENTLY t", "REINDEX CONCURRENTLY"},
      {"REINDEX (CONCURRENTLY) INDEX i", "REINDEX CONCURRENTLY"},
      {"REINDEX SCHEMA s", "REINDEX SCHEMA"},
      {"ALTER TABLE t DETACH PARTITION p CONCURRENTLY", "DETACH PARTITION CONCURRENTLY"},
      {"VACUUM t", "VACUUM"},
      {"CLUSTER", "CLUSTER of all tables"},
      {"COPY t TO '/tmp/t'", "COPY TO a file"},
      {"COPY t FROM PROGRAM 'true'", "COPY with PROGRAM"},
      {"CREATE DATABASE d", "CREATE DATABASE"},
      {"DROP DATABASE d", "DROP DATABASE"},
      {"ALTER DATABASE d SET TABLESPACE t", "ALTER DATABASE SET TABLESPACE"},
      {"CREATE TABLESPACE t LOCATION '/t'", "CREATE TABLESPACE"},
      {"DROP TABLESPACE t", "DROP TABLESPACE"},
      {"ALTER SYSTEM SET work_mem = '1MB'", "ALTER SYSTEM"},
      {"DROP SUBSCRIPTION s", "DROP SUBSCRIPTION"},
      {"COMMIT", "COMMIT"},
      {"BEGIN", "BEGIN"},
      {"ABORT", "ROLLBACK"},
      {"ROLLBACK PREPARED 'x'", "ROLLBACK PREPARED"},
  }));
  INFO(sql);
  CHECK(find_irreversible(sql) == what);
}

TEST_CASE("what a rollback undoes is left alone", "[sql]") {
  const std::string sql = GENERATE(values<std::string>({
      "CREATE INDEX i ON t (a)",
      "DROP INDEX i",
      "REINDEX TABLE t",
      "ALTER TABLE t DETACH PARTITION p",
      "ANALYZE t",
      "CLUSTER t USING i",
      "COPY t FROM '/tmp/t'",
      "COPY t TO STDOUT",
      "ALTER DATABASE d SET search_path = s",
      "SAVEPOINT s; ROLLBACK TO s; RELEASE s",
      "SELECT 'CREATE DATABASE d'",
      "not SQL",
  }));
  INFO(sql);
  CHECK(find_irreversible(sql).empty());
}

}  // namespace medusa
