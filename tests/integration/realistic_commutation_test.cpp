// SPDX-License-Identifier: MIT
// What a late plugin meets: each migration of the real core, its modules and the example shop with
// typical ones of plugins, run in both orders on a real server, in the database that is there by
// then. No pair that `collision` lets pass may leave two different databases.
#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "medusa/core/text.hpp"
#include "medusa/database/transaction.hpp"
#include "medusa/sql/commutation.hpp"
#include "medusa/sql/known_objects_builder.hpp"

#include "commutation/trials.hpp"
#include "oracle/oracle.hpp"
#include "oracle/sent_migrations.hpp"

namespace medusa {

namespace {

using nlohmann::json;

/// What a shop has from its first day on, so that statements about rows have some.
constexpr const char* kRows = R"sql(
INSERT INTO currency VALUES ('eur', '€', '€', 'Euro'), ('usd', '$', '$', 'US Dollar')
  ON CONFLICT DO NOTHING;
INSERT INTO store (id) VALUES ('store');
INSERT INTO region (id, name, currency_code, tax_rate) VALUES ('region', 'Europe', 'eur', 20);
INSERT INTO shipping_profile (id, name, type) VALUES ('profile', 'Default', 'default');
INSERT INTO product (id, title, handle, profile_id)
  VALUES ('shirt', 'Shirt', 'shirt', 'profile'), ('sock', 'Sock', 'sock', 'profile');
INSERT INTO customer (id, email, phone) VALUES ('ada', 'ada@example.com', '1'), ('bob', 'bob@example.com', NULL);
INSERT INTO cart (id, region_id, customer_id) VALUES ('cart', 'region', 'ada'), ('other', 'region', NULL);
INSERT INTO "user" (id, email, password_hash) VALUES ('admin', 'admin@example.com', 'x');
)sql";

/// As plugins of shops have them.
const std::vector<std::string>& plugin_migrations() {
  static const std::vector<std::string> migrations{
      "CREATE TABLE plugin_note (id int PRIMARY KEY, text text)",
      "CREATE TABLE review (id varchar PRIMARY KEY, product_id varchar NOT NULL REFERENCES "
      "product (id) ON DELETE CASCADE, rating int NOT NULL CHECK (rating BETWEEN 1 AND 5)); "
      "CREATE INDEX review_product ON review (product_id); "
      "INSERT INTO review SELECT 'r_' || id, id, 5 FROM product",
      "CREATE TABLE wishlist (id varchar PRIMARY KEY, customer_id varchar REFERENCES customer "
      "(id))",
      "CREATE TABLE vendor (id varchar PRIMARY KEY); "
      "ALTER TABLE product ADD COLUMN vendor_id varchar REFERENCES vendor (id)",
      "ALTER TABLE product ADD COLUMN rating numeric",
      "ALTER TABLE product ADD COLUMN external_id varchar",
      "ALTER TABLE product DROP COLUMN subtitle",
      "ALTER TABLE product ALTER COLUMN title DROP NOT NULL",
      "ALTER TABLE \"order\" ADD COLUMN gift_note text",
      "ALTER TABLE cart ADD COLUMN sales_channel_id varchar",
      "ALTER TABLE customer RENAME COLUMN phone TO telephone",
      "ALTER TABLE customer ADD COLUMN points int NOT NULL DEFAULT 0",
      "ALTER TABLE store ADD COLUMN owner varchar; UPDATE store SET owner = 'nobody'",
      "ALTER TABLE \"user\" ADD CONSTRAINT plugin_email CHECK (email LIKE '%@%')",
      "ALTER TYPE order_status_enum ADD VALUE 'on_hold'",
      "CREATE INDEX plugin_title ON product (lower(title))",
      "CREATE UNIQUE INDEX plugin_email ON customer (lower(email))",
      "CREATE VIEW product_titles AS SELECT id, title FROM product",
      "CREATE TYPE plan AS ENUM ('free', 'paid'); "
      "ALTER TABLE customer ADD COLUMN plan plan NOT NULL DEFAULT 'free'",
      "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS "
      "'BEGIN NEW.updated_at := ''2020-01-01''; RETURN NEW; END'; "
      "CREATE TRIGGER touched BEFORE UPDATE ON product FOR EACH ROW EXECUTE FUNCTION touch()",
      "UPDATE product SET metadata = '{}' WHERE metadata IS NULL",
      "UPDATE customer SET has_account = true WHERE phone IS NOT NULL",
      "INSERT INTO currency (code, symbol, symbol_native, name) VALUES ('xts', 'X', 'X', 'Test')",
      "DELETE FROM cart WHERE customer_id IS NULL",
      "COMMENT ON TABLE product IS 'what is sold'",
      // These do collide with one of the core's, which would skip its own.
      "CREATE INDEX IF NOT EXISTS idx_gin_product_title ON product (title)",
      "CREATE TABLE IF NOT EXISTS payment_collection (id text)",
      "ALTER TABLE product_shipping_profile ADD COLUMN IF NOT EXISTS created_at text"};
  return migrations;
}

std::string text_of(const json& statements) {
  std::vector<std::string> texts;
  for (const json& statement : statements) {
    texts.push_back(statement.at("sql"));
  }
  return join(texts, ";\n");
}

bool has_parameters(const json& statements) {
  return std::any_of(statements.begin(), statements.end(), [](const json& statement) {
    return !statement.at("parameters").is_null();
  });
}

/// As planning has it: everything that is known is known to the comparison.
KnownObjects known_objects(const std::vector<MigrationFootprint>& all,
                           const MigrationFootprint& other) {
  KnownObjectsBuilder builder;
  for (const MigrationFootprint& footprint : all) {
    builder.add(footprint);
  }
  builder.add(other);
  return std::move(builder).build();
}

struct Plugin {
  std::string sql = {};
  MigrationFootprint footprint = {};
  KnownObjects known;
};

std::vector<Plugin> plugins(const std::vector<MigrationFootprint>& all) {
  std::vector<Plugin> made;
  for (const std::string& sql : plugin_migrations()) {
    MigrationFootprint footprint = FootprintReader().read(sql);
    KnownObjects known = known_objects(all, footprint);
    made.push_back({sql, std::move(footprint), std::move(known)});
  }
  return made;
}

}  // namespace

TEST_CASE("real migrations that are said to commute with a plugin's do so") {
  const BuiltShop shop;
  const json migrations = sent_by_typeorm(shop.root());
  REQUIRE(migrations.size() == 94);
  std::vector<MigrationFootprint> footprints;
  for (const json& migration : migrations) {
    footprints.push_back(footprint_of(migration.at("up")));
  }
  Workshop workshop("CREATE EXTENSION \"uuid-ossp\"");
  std::mt19937 random(20240613);
  std::uniform_int_distribution<int> dice(0, 15);
  const std::vector<Plugin> all = plugins(footprints);
  Trials trials;
  std::size_t safe = 0;
  std::size_t asked = 0;
  for (std::size_t i = 0; i < migrations.size(); ++i) {
    const json& up = migrations[i].at("up");
    // The first two make the tables that plugins are about, and fill some.
    for (const Plugin& plugin : all) {
      if (i < 2 || has_parameters(up)) {
        continue;
      }
      const bool is_safe = !collision(footprints[i], plugin.footprint, plugin.known);
      ++asked;
      safe += is_safe ? 1 : 0;
      // All would take minutes.
      if (!is_safe || dice(random) == 0) {
        trials.take(workshop, text_of(up), plugin.sql, is_safe);
      }
    }
    Transaction transaction(workshop.connection());
    execute(workshop.connection(), up);
    if (i == 1) {
      workshop.connection().execute(kRows);
    }
    transaction.commit();
  }
  std::cout << asked << " pairs, " << safe << " called safe; tried of them:\n";
  report("real migrations and a plugin's", trials);
  CHECK(trials.safe > 50);
  // So the comparison would notice a pair that was wrongly called safe.
  CHECK(trials.alarms - trials.false_alarms >= 3);
  // Not everything may be called unsafe, nor everything safe.
  CHECK(safe > asked / 2);
  CHECK(safe < asked);
}

}  // namespace medusa
