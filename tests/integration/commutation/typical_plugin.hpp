// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <string_view>

namespace medusa {

/// What migrations of plugins do, as TypeORM generates them and as people write them.
inline constexpr std::array kTypicalPlugin{
    // A table of its own.
    std::string_view(
        R"(CREATE TABLE "faq" ("id" character varying NOT NULL, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), "question" character varying NOT NULL, CONSTRAINT "PK_1fd6fe2ab4bdac8b9e4ba5eabfc" PRIMARY KEY ("id")))"),
    // Likewise, with an enum, an index and names that PostgreSQL chooses.
    std::string_view(
        R"(CREATE TYPE "faq_state_enum" AS ENUM ('draft', 'shown'); CREATE TABLE faq (id serial PRIMARY KEY, state "faq_state_enum" NOT NULL DEFAULT 'draft', rank int UNIQUE); CREATE INDEX ON faq (state); CREATE UNIQUE INDEX "IDX_faq_rank" ON faq (rank) WHERE state = 'shown')"),
    // Keys to tables of the core, as TypeORM adds them.
    std::string_view(
        R"(CREATE TABLE "wish" ("id" character varying NOT NULL, "customer_id" character varying NOT NULL, CONSTRAINT "PK_wish" PRIMARY KEY ("id")); CREATE INDEX "IDX_wish_customer" ON "wish" ("customer_id"); ALTER TABLE "wish" ADD CONSTRAINT "FK_wish_customer" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE CASCADE ON UPDATE NO ACTION)"),
    std::string_view(
        R"(CREATE TABLE "wish" ("id" character varying NOT NULL, "product_id" character varying, CONSTRAINT "PK_wish" PRIMARY KEY ("id")); ALTER TABLE "wish" ADD CONSTRAINT "FK_wish_product" FOREIGN KEY ("product_id") REFERENCES "product"("id") ON DELETE NO ACTION ON UPDATE NO ACTION)"),
    std::string_view(
        R"(CREATE TABLE "wish" ("id" character varying NOT NULL, "order_id" character varying, CONSTRAINT "PK_wish" PRIMARY KEY ("id")); ALTER TABLE "wish" ADD CONSTRAINT "FK_wish_order" FOREIGN KEY ("order_id") REFERENCES "order"("id") ON DELETE SET NULL ON UPDATE NO ACTION)"),
    std::string_view(
        R"(CREATE TABLE wish_item (wish_id text NOT NULL, variant_id text NOT NULL REFERENCES product_variant (id) ON DELETE CASCADE, region_id text REFERENCES region (id), PRIMARY KEY (wish_id, variant_id)))"),
    std::string_view(
        R"(CREATE TABLE wish (id text PRIMARY KEY, customer_id text REFERENCES customer, cart_id text REFERENCES cart (id)))"),
    // Columns of tables of the core.
    std::string_view(R"(ALTER TABLE "product" ADD "brand" character varying)"),
    std::string_view(
        R"(ALTER TABLE "product" ADD COLUMN IF NOT EXISTS "featured" boolean NOT NULL DEFAULT false)"),
    std::string_view(R"(ALTER TABLE "order" ADD "points_spent" integer)"),
    std::string_view(R"(ALTER TABLE "customer" ADD "points" integer NOT NULL DEFAULT 0)"),
    std::string_view(
        R"(ALTER TABLE "store" ADD "slogan" text; ALTER TABLE "region" ADD "note" text)"),
    std::string_view(
        R"(CREATE TABLE "brand" ("id" character varying NOT NULL, CONSTRAINT "PK_brand" PRIMARY KEY ("id")); ALTER TABLE "product" ADD "brand_id" character varying; ALTER TABLE "product" ADD CONSTRAINT "FK_product_brand" FOREIGN KEY ("brand_id") REFERENCES "brand"("id"))"),
    // Indexes of tables of the core.
    std::string_view(R"(CREATE INDEX "IDX_my_product_title" ON "product" ("title"))"),
    std::string_view(
        R"(CREATE UNIQUE INDEX "IDX_my_customer_phone" ON "customer" ("phone") WHERE phone <> '')"),
    // Data, its own and the core's.
    std::string_view(
        R"(CREATE TABLE "setting" ("key" text PRIMARY KEY, "value" jsonb); INSERT INTO "setting" ("key", "value") VALUES ('colour', '"red"'))"),
    std::string_view(
        R"(CREATE TABLE wish (id text PRIMARY KEY, customer_id text REFERENCES customer (id)); INSERT INTO wish (id, customer_id) SELECT c.id, c.id FROM customer c)"),
    std::string_view(R"(UPDATE "product" SET "metadata" = '{"seen": true}')"),
    std::string_view(R"(UPDATE "customer" SET "first_name" = 'x' WHERE "last_name" IS NULL)"),
    std::string_view(R"(UPDATE "store" SET "name" = 'My shop' WHERE "name" = 'x')"),
    std::string_view(R"(DELETE FROM "cart" WHERE "email" IS NULL)"),
    // What changes the core's own.
    std::string_view(R"(ALTER TABLE "product" ALTER COLUMN "title" SET DEFAULT 'untitled')"),
    std::string_view(R"(ALTER TABLE "customer" ALTER COLUMN "email" TYPE text)"),
    std::string_view(R"(CREATE VIEW "product_titles" AS SELECT p.id, p.title FROM product p)"),
};

}  // namespace medusa
