// SPDX-License-Identifier: MIT
#include "medusa/sql/hazard.hpp"

#include <catch2/catch.hpp>

#include "medusa/sql/footprint.hpp"
#include "medusa/sql/hazard_description.hpp"

using namespace medusa;

namespace {

/// A line for each hazard: "code table name, LOCK, work".
std::vector<std::string> hazards(std::string_view sql) {
  std::vector<std::string> found;
  for (const StatementFootprint& statement : FootprintReader().read(sql)) {
    for (const Hazard& hazard : statement.hazards) {
      std::string line(code_of(hazard.rule));
      line += (hazard.table.name.empty() ? "" : ' ' + hazard.table.text()) +
              (hazard.name.empty() ? "" : ' ' + hazard.name);
      if (hazard.lock != TableLock::None) {
        line += ", " + std::string(to_string(hazard.lock));
      }
      found.push_back(line + ", " + std::string(to_string(hazard.work)));
    }
  }
  return found;
}

std::string safer(std::string_view sql) {
  return FootprintReader().read(sql).at(0).hazards.at(0).safer;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("an index that is not built concurrently blocks writes") {
  CHECK(hazards(R"(CREATE INDEX "IDX_a" ON "product" ("handle"))") ==
        Lines{"index-blocks-writes product IDX_a, SHARE, index"});
  CHECK(hazards("CREATE UNIQUE INDEX IF NOT EXISTS i ON shop.product (lower(handle))") ==
        Lines{"index-blocks-writes shop.product i, SHARE, index"});
  CHECK(hazards("REINDEX TABLE product") == Lines{"index-blocks-writes product, SHARE, index"});
  CHECK(hazards("CREATE TEMPORARY TABLE t (a int); CREATE INDEX ON t (a)").empty());
  CHECK(safer(R"(CREATE INDEX "IDX_a" ON "product" ("handle") WHERE deleted_at IS NULL)") ==
        R"(CREATE INDEX CONCURRENTLY "IDX_a" ON "product" ("handle") WHERE deleted_at IS NULL;)");
  CHECK(safer("create unique Index if not exists i on product (a)") ==
        "create unique Index CONCURRENTLY if not exists i on product (a);");
}

TEST_CASE("what begins or ends a transaction is named; what runs in none is not in one") {
  CHECK(hazards("CREATE INDEX CONCURRENTLY i ON product (a)").empty());
  CHECK(hazards("VACUUM (FULL) product") ==
        Lines{"table-rewrites product VACUUM FULL, ACCESS EXCLUSIVE, rewrite"});
  CHECK(hazards("BEGIN; COMMIT") ==
        Lines{"transaction-control BEGIN, catalog", "transaction-control COMMIT, catalog"});
  CHECK(hazards("SAVEPOINT a; RELEASE a; COPY product TO '/tmp/x'").empty());
}

TEST_CASE("constraints that are validated at once scan, those that build an index do that") {
  CHECK(hazards("ALTER TABLE review ADD CONSTRAINT fk FOREIGN KEY (p) REFERENCES product (id)") ==
        Lines{"foreign-key-scans review fk, SHARE ROW EXCLUSIVE, scan"});
  CHECK(hazards("ALTER TABLE review ADD CHECK (stars > 0)") ==
        Lines{"check-scans review review_stars_check, ACCESS EXCLUSIVE, scan"});
  CHECK(hazards("ALTER TABLE review ADD CONSTRAINT u UNIQUE (a, b), ADD PRIMARY KEY (id)") ==
        Lines{"constraint-builds-index review u, ACCESS EXCLUSIVE, index",
              "constraint-builds-index review review_pkey, ACCESS EXCLUSIVE, index"});
  CHECK(hazards("ALTER TABLE review ADD CONSTRAINT c CHECK (a > 0) NOT VALID;"
                "ALTER TABLE review VALIDATE CONSTRAINT c;"
                "ALTER TABLE review ADD CONSTRAINT u UNIQUE USING INDEX i;"
                "ALTER TABLE review ADD FOREIGN KEY (p) REFERENCES product NOT VALID")
            .empty());
}

TEST_CASE("the safer form of a constraint can be pasted") {
  CHECK(
      safer(R"(ALTER TABLE "review" ADD FOREIGN KEY ("p") REFERENCES "product" ("id"))") ==
      "ALTER TABLE \"review\" ADD CONSTRAINT \"review_p_fkey\" FOREIGN KEY (p) REFERENCES product "
      "(id) NOT VALID;\n"
      "ALTER TABLE \"review\" VALIDATE CONSTRAINT \"review_p_fkey\";");
  CHECK(safer("ALTER TABLE review ADD CONSTRAINT u UNIQUE (a)") ==
        "CREATE UNIQUE INDEX CONCURRENTLY \"u\" ON \"review\" (\"a\");\n"
        "ALTER TABLE \"review\" ADD CONSTRAINT \"u\" UNIQUE USING INDEX \"u\";");
  CHECK(safer("ALTER TABLE s.review ALTER stars SET NOT NULL") ==
        "ALTER TABLE \"s\".\"review\" ADD CONSTRAINT \"review_stars_not_null\" CHECK (\"stars\" IS "
        "NOT NULL) NOT VALID;\n"
        "ALTER TABLE \"s\".\"review\" VALIDATE CONSTRAINT \"review_stars_not_null\";\n"
        "ALTER TABLE \"s\".\"review\" ALTER COLUMN \"stars\" SET NOT NULL;\n"
        "ALTER TABLE \"s\".\"review\" DROP CONSTRAINT \"review_stars_not_null\";");
}

TEST_CASE("the safer form keeps names as they are, capitals and all") {
  CHECK(safer(R"(ALTER TABLE "Review" ADD CONSTRAINT "FK_X" FOREIGN KEY ("pId") )"
              R"(REFERENCES "Product" ("Id") ON DELETE CASCADE)") ==
        "ALTER TABLE \"Review\" ADD CONSTRAINT \"FK_X\" FOREIGN KEY (\"pId\") REFERENCES "
        "\"Product\" (\"Id\") ON DELETE CASCADE NOT VALID;\n"
        "ALTER TABLE \"Review\" VALIDATE CONSTRAINT \"FK_X\";");
  CHECK(safer(R"(ALTER TABLE "Review" ADD CONSTRAINT "CHK_X" CHECK ("Stars" > 0))") ==
        "ALTER TABLE \"Review\" ADD CONSTRAINT \"CHK_X\" CHECK (\"Stars\" > 0) NOT VALID;\n"
        "ALTER TABLE \"Review\" VALIDATE CONSTRAINT \"CHK_X\";");
  CHECK(safer(R"(ALTER TABLE "A" ADD COLUMN "cC" uuid DEFAULT "myF"("x"))") ==
        "ALTER TABLE \"A\" ADD COLUMN \"cC\" uuid;\n"
        "ALTER TABLE \"A\" ALTER COLUMN \"cC\" SET DEFAULT \"myF\"(x);\n"
        "-- then in batches:\n"
        "UPDATE \"A\" SET \"cC\" = \"myF\"(x) WHERE \"cC\" IS NULL;");
}

TEST_CASE("the safer forms are SQL that has no such hazard itself, as far as it is SQL") {
  for (const std::string_view sql : {"CREATE INDEX ON product (a)",
                                     "REINDEX TABLE product",
                                     "ALTER TABLE a ADD CONSTRAINT c CHECK (x > 0)",
                                     "ALTER TABLE a ADD PRIMARY KEY (b)",
                                     "ALTER TABLE a ADD COLUMN b uuid DEFAULT gen_random_uuid()",
                                     "ALTER TABLE a ADD COLUMN b text NOT NULL",
                                     "ALTER TABLE a ALTER b TYPE bigint"}) {
    const StatementFootprint statement = FootprintReader().read(sql).at(0);
    REQUIRE(!statement.hazards.empty());
    for (const StatementFootprint& gentle :
         FootprintReader().read(statement.hazards.front().safer)) {
      for (const Hazard& hazard : gentle.hazards) {
        CHECK(hazard.rule != statement.hazards.front().rule);
      }
    }
  }
}

TEST_CASE("a new column costs what its default costs") {
  const auto add = [](const std::string& column) {
    return hazards("ALTER TABLE product ADD COLUMN " + column);
  };
  const Lines rewrites{"new-column-rewrites product c, ACCESS EXCLUSIVE, rewrite"};
  const Lines may{"new-column-rewrites product c, ACCESS EXCLUSIVE, may-rewrite"};
  CHECK(add("c text").empty());
  CHECK(add("c text NOT NULL DEFAULT 'x'").empty());
  CHECK(add("c timestamptz NOT NULL DEFAULT now()").empty());
  CHECK(add("c jsonb DEFAULT jsonb_build_object('a', lower('B'))").empty());
  CHECK(add("c timestamptz DEFAULT CURRENT_TIMESTAMP").empty());
  CHECK(add("c uuid DEFAULT gen_random_uuid()") == rewrites);
  CHECK(add("c text DEFAULT 'x' || (SELECT random())::text") == rewrites);
  CHECK(add("c text NOT NULL DEFAULT my_function()") == may);
  CHECK(add("c serial") == rewrites);
  CHECK(add("c int GENERATED BY DEFAULT AS IDENTITY") == rewrites);
  CHECK(add("c int GENERATED ALWAYS AS (a + 1) STORED") == rewrites);
  CHECK(add("c text NOT NULL") == Lines{"required-column product c, ACCESS EXCLUSIVE, scan"});
  CHECK(add("c text NOT NULL DEFAULT NULL") ==
        Lines{"required-column product c, ACCESS EXCLUSIVE, scan"});
  CHECK(add("c text REFERENCES review (id)").empty());
  CHECK(add("c text UNIQUE") ==
        Lines{"constraint-builds-index product product_c_key, ACCESS EXCLUSIVE, index"});
}

TEST_CASE("dropped and renamed tables and columns are told, other objects are not") {
  CHECK(hazards("DROP TABLE a, s.b; DROP INDEX i; DROP VIEW v; DROP TYPE t") ==
        Lines{"drops-table a, ACCESS EXCLUSIVE, catalog",
              "drops-table s.b, ACCESS EXCLUSIVE, catalog"});
  CHECK(hazards("ALTER TABLE a DROP COLUMN IF EXISTS b, DROP CONSTRAINT c") ==
        Lines{"drops-column a b, ACCESS EXCLUSIVE, catalog"});
  CHECK(hazards(
            "ALTER TABLE a RENAME TO b; ALTER TABLE a SET SCHEMA s; ALTER TABLE a RENAME x TO y;"
            "ALTER INDEX i RENAME TO j") == Lines{"renames-table a, ACCESS EXCLUSIVE, catalog",
                                                  "renames-table a, ACCESS EXCLUSIVE, catalog",
                                                  "renames-column a x, ACCESS EXCLUSIVE, catalog"});
}

TEST_CASE("only a name that is given and longer than 63 bytes is cut off") {
  const std::string fits(63, 'x');
  const std::string longer(64, 'x');
  CHECK(hazards("CREATE TABLE " + fits + " (a int)").empty());
  CHECK(hazards("CREATE TABLE \"" + longer + "\" (a int)") ==
        Lines{"name-truncated " + fits + ' ' + longer + ", catalog"});
  CHECK(hazards("ALTER TABLE a RENAME COLUMN b TO " + longer).back() ==
        "name-truncated a " + longer + ", catalog");
  CHECK(hazards("UPDATE a SET b = '" + longer + "' -- " + longer).empty());
  CHECK(hazards("ALTER TABLE a ADD \"" + std::string(62, 'x') + "ü\" int") ==
        Lines{"name-truncated a " + std::string(62, 'x') + "ü, catalog"});
  CHECK(hazards("DROP INDEX " + longer).empty());
}

TEST_CASE("a change of type that widens leaves the rows alone") {
  using T = ColumnType;
  const auto work = [](const T& from, const T& to) { return work_of_type_change(from, to); };
  CHECK(work({"varchar", {20}}, {"varchar", {50}}) == TableWork::Catalog);
  CHECK(work({"varchar", {50}}, {"varchar", {20}}) == TableWork::Rewrite);
  CHECK(work({"varchar", {}}, {"varchar", {20}}) == TableWork::Rewrite);
  CHECK(work({"varchar", {50}}, {"text", {}}) == TableWork::Catalog);
  CHECK(work({"text", {}}, {"varchar", {50}}) == TableWork::Rewrite);
  CHECK(work({"numeric", {10, 2}}, {"numeric", {12, 2}}) == TableWork::Catalog);
  CHECK(work({"numeric", {10, 2}}, {"numeric", {12, 3}}) == TableWork::Rewrite);
  CHECK(work({"numeric", {10}}, {"numeric", {12, 0}}) == TableWork::Catalog);
  CHECK(work({"int4", {}}, {"int8", {}}) == TableWork::Rewrite);
  CHECK(work({"timestamp", {}}, {"timestamptz", {}}) == TableWork::MayRewrite);
  CHECK(work({}, {"text", {}}) == TableWork::MayRewrite);
}

TEST_CASE("USING decides about the rewrite, unless it says what happens anyway") {
  const auto type = [](std::string_view sql) {
    return FootprintReader().read(sql).at(0).hazards.at(0);
  };
  CHECK(type("ALTER TABLE a ALTER b TYPE bigint").type == ColumnType{"int8", {}});
  CHECK(type("ALTER TABLE a ALTER b TYPE varchar(9) USING b::varchar(9)").type ==
        ColumnType{"varchar", {9}});
  CHECK(!type("ALTER TABLE a ALTER b TYPE text USING lower(b)").type.has_value());
  CHECK(type("ALTER TABLE a ALTER b TYPE text USING lower(b)").work == TableWork::Rewrite);
  CHECK(type("ALTER TABLE a ALTER b TYPE text USING b::varchar::text").work ==
        TableWork::MayRewrite);
  CHECK(type("ALTER TABLE a ALTER b TYPE mood").type == ColumnType{});
}

TEST_CASE("codes are names of rules, and each has an explanation") {
  for (const HazardRule rule : hazard_rules()) {
    CHECK(parse_hazard_code(code_of(rule)) == rule);
    const HazardDescription& text = describe(rule);
    CHECK_FALSE(text.title.empty());
    CHECK_FALSE(text.lock.empty());
    CHECK_FALSE(text.why.empty());
    CHECK_FALSE(text.safer.empty());
    CHECK(text.manual.starts_with("https://www.postgresql.org/docs/"));
  }
  CHECK(parse_hazard_code("nothing") == std::nullopt);
  CHECK(hazard_codes().size() == hazard_rules().size());
}

TEST_CASE("statements of DO blocks have the hazards that they have elsewhere") {
  CHECK(hazards("DO $$ BEGIN ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES c (d); "
                "EXCEPTION WHEN duplicate_object THEN NULL; END $$") ==
        hazards("ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES c (d)"));
  CHECK(hazards("DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_class WHERE relname = 'i') THEN "
                "CREATE INDEX i ON a (b); END IF; END $$") == hazards("CREATE INDEX i ON a (b)"));
  CHECK(hazards("DO $$ BEGIN DROP TABLE a; EXECUTE 'ALTER TABLE b ALTER c TYPE int'; END $$") ==
        Lines{"drops-table a, ACCESS EXCLUSIVE, catalog",
              "column-type-rewrites b c, ACCESS EXCLUSIVE, may-rewrite"});
  // Its way is not followed, but what it would do there is known.
  CHECK(
      hazards("DO $$ DECLARE n int := 1; BEGIN IF n > 1 THEN CREATE INDEX ON a (b); ELSE "
              "LOOP DROP TABLE a; EXIT; END LOOP; END IF; EXECUTE 'DROP TABLE ' || 'c'; END $$") ==
      Lines{"drops-table a, ACCESS EXCLUSIVE, catalog", "index-blocks-writes a, SHARE, index"});
  CHECK(hazards("DO $$ BEGIN CREATE TEMP TABLE a (b int); CREATE INDEX ON c (d); END $$") ==
        Lines{"index-blocks-writes c, SHARE, index"});
}
