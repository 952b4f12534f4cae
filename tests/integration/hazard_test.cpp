// SPDX-License-Identifier: MIT
// What hazards say against a real PostgreSQL: each statement runs in a transaction on a table with
// rows; pg_locks tells the lock it holds then, the number of the table's file whether it was
// written anew, the table's statistics whether it was read.
#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "medusa/core/text.hpp"
#include "medusa/database/connection.hpp"
#include "medusa/sql/footprint.hpp"
#include "medusa/sql/statement.hpp"

#include "test_database.hpp"

namespace medusa {

namespace {

constexpr const char* kShop = R"sql(
  CREATE TABLE product (id int PRIMARY KEY, handle varchar(20), title text, note varchar,
    price int, weight numeric(10,2), made timestamp(3), sold timestamptz, bits varbit(4),
    code char(4), filled text NOT NULL DEFAULT 'x', checked text,
    CONSTRAINT checked_set CHECK (checked IS NOT NULL), at time(3), flag boolean, doc json);
  CREATE INDEX product_title ON product (title);
  CREATE TABLE review (id int, product_id int, stars int DEFAULT 1);
  CREATE TYPE mood AS ENUM ('good', 'bad');
  CREATE FUNCTION one() RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1';
  INSERT INTO product (id, handle, title, note, price, weight, made, sold, checked)
    SELECT n, 'h', 't', 'n', n, n, now(), now(), 'c' FROM generate_series(1, 500) n;
  INSERT INTO review SELECT n, n, 1 FROM generate_series(1, 500) n;
  ANALYZE product, review;
)sql";

/// What the server did to a table.
struct Observed {
  std::set<std::string> locks = {};
  bool rewritten = false;
  bool scanned = false;
};

/// As pg_locks names it.
std::string lock_mode(TableLock lock) {
  switch (lock) {
    case TableLock::ShareUpdateExclusive:
      return "ShareUpdateExclusiveLock";
    case TableLock::Share:
      return "ShareLock";
    case TableLock::ShareRowExclusive:
      return "ShareRowExclusiveLock";
    case TableLock::AccessExclusive:
      return "AccessExclusiveLock";
    case TableLock::None:
      break;
  }
  return "";
}

std::string first(Connection& connection, const std::string& sql) {
  const QueryResult result = connection.execute(sql).back();
  return result.rows.empty() ? "" : result.rows.at(0).at(0).value_or("");
}

Observed observe(Connection& connection, const std::string& sql, const std::string& table) {
  Observed observed;
  const std::string oid = first(connection, "SELECT '" + table + "'::regclass::oid");
  const std::string file = "SELECT pg_relation_filenode(" + oid + ")";
  const std::string scans = "SELECT pg_stat_get_xact_numscans(" + oid + ")";
  connection.execute("BEGIN");
  const std::string file_before = first(connection, file);
  const std::string scans_before = first(connection, scans);
  connection.execute(sql);
  const QueryResult held =
      connection
          .execute("SELECT mode FROM pg_locks WHERE pid = pg_backend_pid() AND relation = " + oid)
          .back();
  for (const auto& row : held.rows) {
    observed.locks.insert(row.at(0).value_or(""));
  }
  const std::string file_after = first(connection, file);
  observed.rewritten = !file_after.empty() && file_after != file_before;
  observed.scanned = first(connection, scans) != scans_before;
  connection.execute("ROLLBACK");
  return observed;
}

struct Case {
  std::string sql = {};
  /// The code that is expected; empty: none.
  std::string code = {};
  std::string table = "product";
};

/// The type of the column as the statement's author would know it from the table above.
const std::vector<std::pair<std::string, ColumnType>> kColumns{{"handle", {"varchar", {20}}},
                                                               {"title", {"text", {}}},
                                                               {"note", {"varchar", {}}},
                                                               {"price", {"int4", {}}},
                                                               {"weight", {"numeric", {10, 2}}},
                                                               {"made", {"timestamp", {3}}},
                                                               {"sold", {"timestamptz", {}}},
                                                               {"bits", {"varbit", {4}}},
                                                               {"code", {"bpchar", {4}}},
                                                               {"at", {"time", {3}}},
                                                               {"flag", {"bool", {}}},
                                                               {"doc", {"json", {}}}};

ColumnType type_of(const std::string& column) {
  for (const auto& [name, type] : kColumns) {
    if (name == column) {
      return type;
    }
  }
  return {};
}

/// The hazard, with the work that the column's type makes of it; none if that is nothing.
std::optional<Hazard> hazard_of(const std::string& sql) {
  for (const StatementFootprint& statement : FootprintReader().read(sql)) {
    for (Hazard hazard : statement.hazards) {
      if (hazard.rule == HazardRule::ColumnTypeRewrites && hazard.type.has_value()) {
        hazard.work = work_of_type_change(type_of(hazard.name), *hazard.type);
        if (hazard.work == TableWork::Catalog) {
          continue;
        }
      }
      return hazard;
    }
  }
  return std::nullopt;
}

const std::vector<Case> kCases{
    {"CREATE INDEX i ON product (handle)", "index-blocks-writes"},
    {"CREATE UNIQUE INDEX i ON product (id, handle)", "index-blocks-writes"},
    {"REINDEX TABLE product", "index-blocks-writes"},
    {"ALTER TABLE product ADD CONSTRAINT u UNIQUE (id, price)", "constraint-builds-index"},
    {"ALTER TABLE review ADD PRIMARY KEY (id)", "constraint-builds-index", "review"},
    {"ALTER TABLE review ADD EXCLUDE (id WITH =)", "constraint-builds-index", "review"},
    {"ALTER TABLE review ADD FOREIGN KEY (product_id) REFERENCES product (id)",
     "foreign-key-scans",
     "review"},
    {"ALTER TABLE review ADD FOREIGN KEY (product_id) REFERENCES product (id) NOT VALID",
     "",
     "review"},
    {"ALTER TABLE product ADD CHECK (price > 0)", "check-scans"},
    {"ALTER TABLE product ADD CHECK (price > 0) NOT VALID", ""},
    {"ALTER TABLE product ALTER title SET NOT NULL", "not-null-scans"},
    {"ALTER TABLE product ALTER handle TYPE varchar(50)", ""},
    {"ALTER TABLE product ALTER handle TYPE varchar", ""},
    {"ALTER TABLE product ALTER handle TYPE text", ""},
    {"ALTER TABLE product ALTER handle TYPE text USING handle::text", ""},
    {"ALTER TABLE product ALTER handle TYPE varchar(10)", "column-type-rewrites"},
    {"ALTER TABLE product ALTER handle TYPE text USING lower(handle)", "column-type-rewrites"},
    {"ALTER TABLE product ALTER title TYPE varchar", ""},
    {"ALTER TABLE product ALTER title TYPE varchar(50)", "column-type-rewrites"},
    {"ALTER TABLE product ALTER title TYPE jsonb USING to_jsonb(title)", "column-type-rewrites"},
    {"ALTER TABLE product ALTER price TYPE bigint", "column-type-rewrites"},
    {"ALTER TABLE product ALTER price TYPE bigint USING price::bigint", "column-type-rewrites"},
    {"ALTER TABLE product ALTER price TYPE int4", ""},
    {"ALTER TABLE product ALTER price TYPE numeric", "column-type-rewrites"},
    {"ALTER TABLE product ALTER price TYPE text", "column-type-rewrites"},
    {"ALTER TABLE product ALTER weight TYPE numeric(12,2)", ""},
    {"ALTER TABLE product ALTER weight TYPE numeric", ""},
    {"ALTER TABLE product ALTER weight TYPE numeric(12,3)", "column-type-rewrites"},
    {"ALTER TABLE product ALTER weight TYPE numeric(9,2)", "column-type-rewrites"},
    {"ALTER TABLE product ALTER made TYPE timestamp(6)", ""},
    {"ALTER TABLE product ALTER made TYPE timestamp", ""},
    {"ALTER TABLE product ALTER made TYPE timestamp(1)", "column-type-rewrites"},
    {"ALTER TABLE product ALTER made TYPE date", "column-type-rewrites"},
    {"ALTER TABLE product ALTER at TYPE time(6)", ""},
    {"ALTER TABLE product ALTER bits TYPE varbit(8)", ""},
    {"ALTER TABLE product ALTER code TYPE char(8)", "column-type-rewrites"},
    {"ALTER TABLE product ALTER code TYPE text", "column-type-rewrites"},
    {"ALTER TABLE product ALTER doc TYPE jsonb", "column-type-rewrites"},
    {"ALTER TABLE product ALTER flag TYPE text", "column-type-rewrites"},
    {"ALTER TABLE product ADD COLUMN c text", ""},
    {"ALTER TABLE product ADD COLUMN c text NOT NULL DEFAULT 'x'", ""},
    {"ALTER TABLE product ADD COLUMN c timestamptz NOT NULL DEFAULT now()", ""},
    {"ALTER TABLE product ADD COLUMN c timestamptz DEFAULT clock_timestamp()",
     "new-column-rewrites"},
    {"ALTER TABLE product ADD COLUMN c jsonb DEFAULT jsonb_build_object('a', 1)", ""},
    {"ALTER TABLE product ADD COLUMN c mood DEFAULT 'good'", ""},
    {"ALTER TABLE product ADD COLUMN c uuid DEFAULT gen_random_uuid()", "new-column-rewrites"},
    {"ALTER TABLE product ADD COLUMN c float8 DEFAULT 1 + random()", "new-column-rewrites"},
    {"ALTER TABLE product ADD COLUMN c serial", "new-column-rewrites"},
    {"ALTER TABLE product ADD COLUMN c int GENERATED ALWAYS AS IDENTITY", "new-column-rewrites"},
    {"ALTER TABLE product ADD COLUMN c int GENERATED ALWAYS AS (price * 2) STORED",
     "new-column-rewrites"},
    {"ALTER TABLE review ADD COLUMN c int REFERENCES product (id)", "", "review"},
    {"ALTER TABLE review ADD COLUMN c int DEFAULT 1 REFERENCES product (id)",
     "foreign-key-scans",
     "review"},
    {"ALTER TABLE product ADD COLUMN c int CHECK (c > 0)", "check-scans"},
    {"ALTER TABLE product ADD COLUMN c int UNIQUE", "constraint-builds-index"},
    {"ALTER TABLE product SET UNLOGGED", "table-rewrites"},
    {"CLUSTER product USING product_title", "table-rewrites"},
    {"ALTER TABLE product DROP COLUMN note", "drops-column"},
    {"ALTER TABLE product RENAME note TO remark", "renames-column"},
    {"ALTER TABLE product RENAME TO item", "renames-table"},
    {"DROP TABLE review", "drops-table", "review"},
    {"ALTER TABLE product ALTER note SET DEFAULT 'x'", ""},
    {"ALTER TABLE product ALTER filled DROP NOT NULL", ""},
};

}  // namespace

TEST_CASE("a hazard's lock, scan and rewrite are those of the server") {
  const TestDatabase database;
  database.execute(kShop);
  Connection connection(DatabaseUrl::parse(database.url(), "the test"));
  // timestamp with and without time zone differ by it.
  connection.execute("SET TimeZone = 'Europe/Berlin'");
  for (const Case& expected : kCases) {
    INFO(expected.sql);
    const Observed observed = observe(connection, expected.sql, expected.table);
    const std::optional<Hazard> hazard = hazard_of(expected.sql);
    CHECK((hazard.has_value() ? std::string(code_of(hazard->rule)) : "") == expected.code);
    if (!hazard.has_value()) {
      CHECK_FALSE(observed.rewritten);
      CHECK_FALSE(observed.scanned);
      continue;
    }
    CHECK(hazard->table.name == expected.table);
    CHECK(observed.locks.contains(lock_mode(hazard->lock)));
    // Nothing stronger than it says: these are in order of strength.
    constexpr std::array kStrength{TableLock::ShareUpdateExclusive,
                                   TableLock::Share,
                                   TableLock::ShareRowExclusive,
                                   TableLock::AccessExclusive};
    for (const TableLock lock : kStrength) {
      const bool by_new_column = expected.sql.find("ADD COLUMN") != std::string::npos;
      CHECK((lock <= hazard->lock || by_new_column || !observed.locks.contains(lock_mode(lock))));
    }
    if (hazard->work == TableWork::MayRewrite) {
      continue;
    }
    CHECK(observed.rewritten == (hazard->work == TableWork::Rewrite));
    CHECK(observed.scanned == (hazard->work != TableWork::Catalog));
  }
}

TEST_CASE("a foreign key locks the table that it refers to as well") {
  const TestDatabase database;
  database.execute(kShop);
  Connection connection(DatabaseUrl::parse(database.url(), "the test"));
  const Observed observed =
      observe(connection,
              "ALTER TABLE review ADD FOREIGN KEY (product_id) REFERENCES product (id)",
              "product");
  CHECK(observed.locks.contains("ShareRowExclusiveLock"));
}

TEST_CASE("every volatile function of PostgreSQL's own is known to write all rows, or may") {
  const TestDatabase database;
  const std::vector<std::string> names = database.column(
      "SELECT DISTINCT proname FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace "
      "AND provolatile = 'v' AND prorettype <> 'trigger'::regtype "
      "AND prorettype <> 'internal'::regtype");
  CHECK(names.size() > 50);
  for (const std::string& name : names) {
    const std::optional<Hazard> hazard =
        hazard_of("ALTER TABLE product ADD COLUMN c text DEFAULT \"" + name + "\"()");
    INFO(name);
    CHECK((hazard.has_value() && hazard->rule == HazardRule::NewColumnRewrites));
  }
}

TEST_CASE("no function that is not volatile is said to write all rows for certain") {
  const TestDatabase database;
  for (const std::string& name : database.column(
           "SELECT proname FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace "
           "GROUP BY proname HAVING bool_and(provolatile <> 'v')")) {
    const std::optional<Hazard> hazard =
        hazard_of("ALTER TABLE product ADD COLUMN c text DEFAULT \"" + name + "\"()");
    INFO(name);
    CHECK((!hazard.has_value() || hazard->work == TableWork::MayRewrite));
  }
}

TEST_CASE("safer forms run on the same table") {
  const TestDatabase database;
  database.execute(kShop);
  int tried = 0;
  for (const Case& expected : kCases) {
    const std::optional<Hazard> hazard = hazard_of(expected.sql);
    if (!hazard.has_value() || hazard->safer.empty()) {
      continue;
    }
    INFO(hazard->safer);
    const TestDatabase copy;
    copy.execute(kShop);
    for (const Statement& statement : split_statements(hazard->safer)) {
      CHECK_NOTHROW(copy.execute(statement.text));
    }
    ++tried;
  }
  CHECK(tried > 15);
}

}  // namespace medusa
