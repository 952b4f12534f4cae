// SPDX-License-Identifier: MIT
// What `medusa explain CODE` says.
#include <array>
#include <cstddef>

#include "medusa/sql/hazard_description.hpp"

namespace medusa {

namespace {

constexpr std::string_view kAlterTable =
    "https://www.postgresql.org/docs/current/sql-altertable.html";
constexpr std::string_view kQueue =
    "Whoever comes later waits behind it too: a lock that only waits for its turn already stops\n"
    "everything that conflicts with it.";

// In the order of HazardRule.
constexpr std::array kDescriptions{
    HazardDescription{
        .title = "A migration begins or ends a transaction itself",
        .lock = "none: the plan is refused",
        .why = "The upgrade's transaction would end in the middle: what fails later could not be\n"
               "taken back, and the history would not know. So the plan is refused, and nothing\n"
               "allows it. Outside a transaction (there, or in mode none) it may have its own.",
        .safer = "-- leave BEGIN and COMMIT out; where it must be outside a transaction:\n"
                 "-- migrate:up transaction:false",
        .manual = "https://www.postgresql.org/docs/current/sql-begin.html",
        .refused = true},
    HazardDescription{
        .title = "An index is built on a table that has rows",
        .lock = "SHARE: writes to the table wait until the index is built; reads do not",
        .why = "No order, no cart, no stock changes in that table meanwhile. In one transaction\n"
               "with others it holds the lock until all of them are done.",
        .safer = "CREATE INDEX CONCURRENTLY \"IDX_x\" ON \"product\" (\"x\");\n"
                 "-- best in a migration of its own: it runs in no transaction",
        .manual = "https://www.postgresql.org/docs/current/sql-createindex.html"
                  "#SQL-CREATEINDEX-CONCURRENTLY"},
    HazardDescription{
        .title = "A unique, primary key or exclusion constraint builds its index under a lock",
        .lock = "ACCESS EXCLUSIVE: reads and writes wait until the index is built",
        .why = kQueue,
        .safer = "CREATE UNIQUE INDEX CONCURRENTLY \"UQ_x\" ON \"product\" (\"x\");\n"
                 "ALTER TABLE \"product\" ADD CONSTRAINT \"UQ_x\" UNIQUE USING INDEX \"UQ_x\";",
        .manual = kAlterTable},
    HazardDescription{
        .title = "A foreign key is checked against every row",
        .lock = "SHARE ROW EXCLUSIVE on both tables: writes wait while every row is looked up",
        .why = "NOT VALID takes the same lock for an instant: new rows are checked from then on.\n"
               "VALIDATE CONSTRAINT then checks the old ones while writes go on, if it runs in a\n"
               "later transaction.",
        .safer = "ALTER TABLE \"review\" ADD CONSTRAINT \"FK_x\" FOREIGN KEY (\"product_id\")\n"
                 "  REFERENCES \"product\" (\"id\") NOT VALID;\n"
                 "-- in a migration of its own, and with transaction = \"each\":\n"
                 "ALTER TABLE \"review\" VALIDATE CONSTRAINT \"FK_x\";",
        .manual = kAlterTable},
    HazardDescription{
        .title = "A check constraint is tried on every row",
        .lock = "ACCESS EXCLUSIVE: reads and writes wait while every row is read",
        .why = "NOT VALID takes the same lock for an instant. VALIDATE CONSTRAINT then checks the\n"
               "old rows while reads and writes go on, if it runs in a later transaction.",
        .safer = "ALTER TABLE \"product\" ADD CONSTRAINT \"CHK_x\" CHECK (x > 0) NOT VALID;\n"
                 "-- in a migration of its own, and with transaction = \"each\":\n"
                 "ALTER TABLE \"product\" VALIDATE CONSTRAINT \"CHK_x\";",
        .manual = kAlterTable},
    HazardDescription{
        .title = "SET NOT NULL reads every row",
        .lock = "ACCESS EXCLUSIVE: reads and writes wait while every row is read",
        .why = "PostgreSQL 12 and later skip reading where a valid CHECK (x IS NOT NULL) already\n"
               "says so, and that can be made valid while reads and writes go on.",
        .safer = "ALTER TABLE \"product\" ADD CONSTRAINT \"x_set\" CHECK (\"x\" IS NOT NULL) NOT "
                 "VALID;\n"
                 "-- in a migration of its own, and with transaction = \"each\":\n"
                 "ALTER TABLE \"product\" VALIDATE CONSTRAINT \"x_set\";\n"
                 "-- and then:\n"
                 "ALTER TABLE \"product\" ALTER COLUMN \"x\" SET NOT NULL;\n"
                 "ALTER TABLE \"product\" DROP CONSTRAINT \"x_set\";",
        .manual = kAlterTable},
    HazardDescription{
        .title = "A column gets another type, and every row is written anew",
        .lock = "ACCESS EXCLUSIVE: reads and writes wait until the table and all its indexes are "
                "written anew",
        .why =
            "Needs as much space again meanwhile. Only widening is free: varchar(n) to a larger\n"
            "one or to text, numeric(p,s) to a larger p, a longer timestamp(n). 'may rewrite'\n"
            "means that the old or new type does not tell.",
        .safer = "ALTER TABLE \"product\" ADD COLUMN \"x_new\" bigint;\n"
                 "-- write both columns, copy the rest in batches, switch over, and drop the old\n"
                 "-- column in a later release",
        .manual = kAlterTable},
    HazardDescription{
        .title = "A new column has another value in every row, so all rows are written anew",
        .lock = "ACCESS EXCLUSIVE: reads and writes wait until the table and all its indexes are "
                "written anew",
        .why =
            "A default that is the same for all rows (a constant, now()) costs nothing. random(),\n"
            "gen_random_uuid(), serial, identity and stored generated columns are computed for\n"
            "each row. 'may rewrite' means a function whose nature is not known.",
        .safer = "ALTER TABLE \"product\" ADD COLUMN \"x\" uuid;\n"
                 "ALTER TABLE \"product\" ALTER COLUMN \"x\" SET DEFAULT gen_random_uuid();\n"
                 "-- then in batches, each in a transaction of its own:\n"
                 "UPDATE \"product\" SET \"x\" = gen_random_uuid() WHERE \"x\" IS NULL;",
        .manual = kAlterTable},
    HazardDescription{
        .title = "A statement writes the whole table anew",
        .lock = "ACCESS EXCLUSIVE: reads and writes wait until it is done",
        .why = "CLUSTER, VACUUM FULL, SET LOGGED, SET UNLOGGED, SET TABLESPACE and SET ACCESS "
               "METHOD\n"
               "copy all rows. They are maintenance: not for an upgrade of a shop that is open.",
        .safer = "-- outside migrations, when the shop may stand still",
        .manual = "https://www.postgresql.org/docs/current/sql-cluster.html"},
    HazardDescription{
        .title = "A new column is NOT NULL and has no default",
        .lock = "ACCESS EXCLUSIVE while every row is read, until the first one makes it fail",
        .why = "Rows that are there would have NULL in it: the statement fails on any table that\n"
               "has a row. On an empty database it goes well, so tests do not show it.",
        .safer = "ALTER TABLE \"product\" ADD COLUMN \"x\" text NOT NULL DEFAULT '';\n"
                 "-- or without NOT NULL: fill it, then see medusa explain not-null-scans",
        .manual = kAlterTable},
    HazardDescription{
        .title = "A table that has rows is dropped",
        .lock = "ACCESS EXCLUSIVE, for an instant",
        .why = "Its rows are gone, and the shop that still runs the old code fails at the next\n"
               "query. A table that is referenced locks the others too.",
        .safer = "-- first release code that does not use it; drop it in a later release",
        .manual = "https://www.postgresql.org/docs/current/sql-droptable.html"},
    HazardDescription{
        .title = "A column of a table that has rows is dropped",
        .lock = "ACCESS EXCLUSIVE, for an instant",
        .why = "Its values are gone, and the shop that still runs the old code fails at the next\n"
               "query that names it; TypeORM names all columns.",
        .safer = "-- first release code that does not know it; drop it in a later release",
        .manual = kAlterTable},
    HazardDescription{.title = "A table that has rows gets another name or schema",
                      .lock = "ACCESS EXCLUSIVE, for an instant",
                      .why = "The shop that still runs the old code fails at the next query.",
                      .safer =
                          "-- a view under the old name serves the old code until it is gone:\n"
                          "ALTER TABLE \"product\" RENAME TO \"item\";\n"
                          "CREATE VIEW \"product\" AS SELECT * FROM \"item\";",
                      .manual = kAlterTable},
    HazardDescription{
        .title = "A column of a table that has rows gets another name",
        .lock = "ACCESS EXCLUSIVE, for an instant",
        .why = "The shop that still runs the old code fails at the next query that names it.",
        .safer = "ALTER TABLE \"product\" ADD COLUMN \"new_name\" text;\n"
                 "-- write both columns, copy the rest in batches, switch over, and drop the old\n"
                 "-- column in a later release",
        .manual = kAlterTable},
    HazardDescription{
        .title = "A name has more than 63 bytes, and PostgreSQL cuts it off",
        .lock = "none",
        .why =
            "The object gets another name than the migration says. Code that looks the name up,\n"
            "as TypeORM does, does not find it, and two long names may become one.",
        .safer = "-- a name of at most 63 bytes",
        .manual = "https://www.postgresql.org/docs/current/sql-syntax-lexical.html"
                  "#SQL-SYNTAX-IDENTIFIERS"},
};

}  // namespace

const HazardDescription& describe(HazardRule rule) {
  return kDescriptions.at(static_cast<std::size_t>(rule));
}

}  // namespace medusa
