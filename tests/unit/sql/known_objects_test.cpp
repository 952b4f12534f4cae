// SPDX-License-Identifier: MIT
#include "medusa/sql/known_objects.hpp"

#include <string>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

#include "medusa/sql/commutation.hpp"
#include "medusa/sql/known_objects_builder.hpp"

using namespace medusa;

namespace {

std::vector<StatementFootprint> footprint(const std::string& sql) {
  return FootprintReader().read(sql);
}

/// Whether the two commute where `before` has been.
bool commute(const std::string& before, const std::string& first, const std::string& second) {
  KnownObjectsBuilder builder;
  for (const std::string& sql : {before, first, second}) {
    builder.add(footprint(sql));
  }
  const KnownObjects known = std::move(builder).build();
  const bool answer = !collision(footprint(first), footprint(second), known);
  CHECK(answer == !collision(footprint(second), footprint(first), known));
  return answer;
}

const std::string kShop =
    "CREATE TABLE customer (id text PRIMARY KEY, email text, phone text, UNIQUE (email)); "
    "CREATE INDEX by_phone ON customer (phone); CREATE UNIQUE INDEX by_id ON customer (id, phone); "
    "CREATE TYPE mood AS ENUM ('ok'); CREATE TABLE cart (id int PRIMARY KEY, customer_id text "
    "REFERENCES customer (id) ON DELETE CASCADE, mood mood, old int); CREATE TABLE lone (id int, a "
    "int, b int, CHECK (a < b)); CREATE INDEX lone_index ON lone (id)";

const std::string kWish =
    "CREATE TABLE wish (id int PRIMARY KEY, customer_id text); ALTER TABLE wish ADD CONSTRAINT "
    "wish_fk FOREIGN KEY (customer_id) REFERENCES customer (id) ON DELETE CASCADE";

}  // namespace

TEST_CASE("a foreign key counts on the key that it refers to, and on no other", "[known]") {
  for (const char* const other : {"DROP INDEX by_phone",
                                  "DROP INDEX by_id",
                                  "DROP INDEX lone_index",
                                  "CREATE UNIQUE INDEX more ON customer (phone)",
                                  "ALTER TABLE customer DROP COLUMN phone",
                                  "ALTER TABLE customer DROP CONSTRAINT customer_email_key",
                                  "ALTER TABLE customer ADD CHECK (email <> '')",
                                  "DROP TABLE cart",
                                  "UPDATE customer SET email = 'x'",
                                  "DELETE FROM customer WHERE email = 'x'",
                                  "INSERT INTO lone (id) VALUES (1)"}) {
    INFO(other);
    CHECK(commute(kShop, kWish, other));
  }
  for (const char* const other : {"ALTER TABLE customer DROP CONSTRAINT customer_pkey",
                                  "DROP INDEX never_seen",
                                  "CREATE UNIQUE INDEX more ON customer (id)",
                                  "ALTER TABLE customer ALTER COLUMN id TYPE varchar(9)",
                                  "ALTER TABLE customer RENAME COLUMN id TO key",
                                  "TRUNCATE customer",
                                  "DROP TABLE customer"}) {
    INFO(other);
    CHECK_FALSE(commute(kShop, kWish, other));
  }
}

TEST_CASE("a table that gets rows is not taken for an empty one", "[known]") {
  const std::string filled = kWish + "; INSERT INTO wish (id, customer_id) VALUES (1, 'x')";
  CHECK_FALSE(commute(kShop, filled, "DELETE FROM customer WHERE email = 'x'"));
  CHECK_FALSE(commute(kShop, filled, "INSERT INTO customer (id) VALUES ('x')"));
  // Which columns it checks is known.
  CHECK(commute(kShop, "INSERT INTO cart (id) VALUES (1)", "UPDATE customer SET email = 'x'"));
}

TEST_CASE("rows are apart unless something connects them", "[known]") {
  CHECK(commute(kShop, "UPDATE lone SET a = 1", "DELETE FROM customer"));
  CHECK_FALSE(commute(kShop, "UPDATE cart SET old = 1", "DELETE FROM customer"));
  CHECK(commute(kShop, "UPDATE customer SET email = 'x'", "UPDATE customer SET phone = 'y'"));
  CHECK_FALSE(commute(kShop, "UPDATE lone SET a = 1", "UPDATE lone SET b = 2"));  // CHECK (a < b)
  CHECK_FALSE(commute(kShop + "; CREATE VIEW v AS SELECT * FROM lone",
                      "UPDATE v SET a = 1",
                      "UPDATE cart SET old = 1"));
  CHECK_FALSE(commute(kShop + "; CREATE SEQUENCE s; ALTER TABLE lone ALTER id SET DEFAULT "
                              "nextval('s'); ALTER TABLE cart ALTER old SET DEFAULT nextval('s')",
                      "INSERT INTO lone (a) VALUES (1)",
                      "INSERT INTO cart (id) VALUES (1)"));
}

TEST_CASE("a name is only in the way if what is dropped may have had it", "[known]") {
  CHECK(commute(kShop, "CREATE TABLE fresh (id int)", "ALTER TABLE cart DROP COLUMN old"));
  CHECK(commute(kShop, "CREATE TABLE lone_index (id int)", "DROP TABLE cart"));
  CHECK_FALSE(commute(kShop, "CREATE TABLE lone_index (id int)", "DROP TABLE lone"));
  CHECK_FALSE(commute(kShop, "CREATE TABLE cart_pkey (id int)", "DROP TABLE cart"));
}

TEST_CASE("what is dropped has to do with what depends on it", "[known]") {
  CHECK(commute(kShop, "ALTER TABLE lone DROP COLUMN a", "ALTER TABLE cart ALTER old TYPE bigint"));
  CHECK_FALSE(commute(
      kShop, "ALTER TABLE cart DROP COLUMN mood", "ALTER TABLE cart ALTER old TYPE bigint"));
  CHECK_FALSE(commute(kShop, "DROP TABLE cart", "DROP TABLE customer"));
  CHECK(commute(kShop, "DROP TABLE lone", "DROP TABLE cart"));
}

TEST_CASE("a new value of an enum matters where the enum is", "[known]") {
  CHECK(commute(kShop, "ALTER TYPE mood ADD VALUE 'sad'", "UPDATE lone SET a = 1"));
  CHECK_FALSE(commute(kShop, "ALTER TYPE mood ADD VALUE 'sad'", "UPDATE cart SET mood = 'sad'"));
}

TEST_CASE("a known extension concerns who uses it", "[known]") {
  const std::string extension = "CREATE EXTENSION IF NOT EXISTS pg_trgm";
  CHECK(commute(kShop, extension, kWish));
  CHECK(commute(kShop, extension, "UPDATE lone SET a = 1 WHERE a > 2"));
  CHECK(commute(kShop, extension, "CREATE INDEX i ON lone (a)"));
  CHECK_FALSE(commute(kShop, extension, "UPDATE customer SET email = similarity(email, 'a')"));
  CHECK_FALSE(
      commute(kShop, extension, "CREATE INDEX i ON customer USING gin (email gin_trgm_ops)"));
  CHECK_FALSE(commute(kShop, "CREATE EXTENSION postgis", kWish));
}

TEST_CASE("renamed things stay what they were", "[known]") {
  const std::string renamed = kShop + "; ALTER TABLE cart RENAME TO basket";
  CHECK_FALSE(commute(renamed, "UPDATE basket SET old = 1", "DELETE FROM customer"));
  CHECK(commute(renamed, "UPDATE lone SET a = 1", "DELETE FROM basket"));
}

TEST_CASE("what nobody told of is not known", "[known]") {
  const KnownObjects nothing;
  CHECK_FALSE(nothing.complete());
  CHECK(collision(footprint("UPDATE a SET x = 1"), footprint("DELETE FROM b"), nothing));
  CHECK_FALSE(nothing.near(footprint("CREATE TABLE a (id int)")).has_value());
}
