// SPDX-License-Identifier: MIT
#include "migration_source.hpp"

#include <array>
#include <cstdint>
#include <string_view>

namespace medusa {

namespace {

enum class Form { Statements, Table, Helper, Index, Parameters };

constexpr std::array kForms = {
    Form::Statements, Form::Table,      Form::Statements, Form::Helper,     Form::Statements,
    Form::Statements, Form::Table,      Form::Statements, Form::Statements, Form::Index,
    Form::Statements, Form::Table,      Form::Statements, Form::Helper,     Form::Statements,
    Form::Table,      Form::Statements, Form::Parameters, Form::Table,      Form::Statements};

constexpr std::string_view kStatements = R"ts(
import { MigrationInterface, QueryRunner } from "typeorm"

export class AddThing@N@T implements MigrationInterface {
  name = "AddThing@N@T"

  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `CREATE TABLE "thing_@N" ("id" character varying NOT NULL, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), "metadata" jsonb, "title" text NOT NULL DEFAULT 'r@R', CONSTRAINT "PK_thing_@N" PRIMARY KEY ("id"))`
    )
    await queryRunner.query(`CREATE INDEX "IDX_thing_@N" ON "thing_@N" ("created_at")`)
    await queryRunner.query(`ALTER TABLE "thing_@N" ADD "deleted_at" TIMESTAMP WITH TIME ZONE`)
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`ALTER TABLE "thing_@N" DROP COLUMN "deleted_at"`)
    await queryRunner.query(`DROP INDEX "IDX_thing_@N"`)
    await queryRunner.query(`DROP TABLE "thing_@N"`)
  }
}
)ts";

constexpr std::string_view kTable = R"ts(
import { MigrationInterface, QueryRunner, Table } from "typeorm"

export class CreateThing@N@T implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createTable(
      new Table({
        name: "thing_@N",
        columns: [
          { name: "id", type: "varchar", isPrimary: true },
          { name: "title", type: "text", default: "'r@R'" },
          { name: "created_at", type: "timestamptz", default: "now()" },
          { name: "metadata", type: "jsonb", isNullable: true },
        ],
      })
    )
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`DROP TABLE "thing_@N"`)
  }
}
)ts";

constexpr std::string_view kHelper = R"ts(
import type { MigrationInterface, QueryRunner } from "typeorm"
import { createTable, dropTable } from "../columns"

export class ShareThing@N@T implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(createTable("thing_@N", ["title text DEFAULT 'r@R'", "rank integer"]))
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(dropTable("thing_@N"))
  }
}
)ts";

constexpr std::string_view kIndex = R"ts(
import { MigrationInterface, QueryRunner, Table, TableIndex } from "typeorm"

export class IndexThing@N@T implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    const table = new Table({
      name: "thing_@N",
      columns: [
        { name: "id", type: "varchar", isPrimary: true },
        { name: "rank", type: "integer", default: "@R" },
      ],
    })
    await queryRunner.createTable(table)
    await queryRunner.createIndex(table, new TableIndex({ name: "IDX_thing_@N", columnNames: ["rank"] }))
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`DROP TABLE "thing_@N"`)
  }
}
)ts";

constexpr std::string_view kParameters = R"ts(
import { MigrationInterface, QueryRunner } from "typeorm"

const titles = ["red", "green", "r@R"]

export class FillThing@N@T implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`CREATE TABLE "thing_@N" ("id" serial PRIMARY KEY, "title" text NOT NULL)`)
    for (const title of titles) {
      await queryRunner.query(`INSERT INTO "thing_@N" ("title") VALUES ($1)`, [title])
    }
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`DROP TABLE "thing_@N"`)
  }
}
)ts";

constexpr std::string_view kSql = R"sql(
-- migrate:up
CREATE TABLE thing_@N (
  id text PRIMARY KEY,
  created_at timestamptz NOT NULL DEFAULT now(),
  metadata jsonb,
  title text NOT NULL DEFAULT 'r@R'
);
CREATE INDEX thing_@N_created_at ON thing_@N (created_at);
ALTER TABLE thing_@N ADD COLUMN deleted_at timestamptz;
@P
-- migrate:down
DROP TABLE thing_@N;
)sql";

constexpr std::size_t kReferenceEvery = 4;

std::string_view source_of(Form form) {
  switch (form) {
    case Form::Table:
      return kTable;
    case Form::Helper:
      return kHelper;
    case Form::Index:
      return kIndex;
    case Form::Parameters:
      return kParameters;
    case Form::Statements:
      break;
  }
  return kStatements;
}

std::string timestamp(std::size_t number) {
  constexpr std::int64_t kFirst = 1'600'000'000'000;
  constexpr std::int64_t kApart = 1'000;
  return std::to_string(kFirst + kApart * static_cast<std::int64_t>(number));
}

std::string reference_to_previous(std::size_t number) {
  if (number % kReferenceEvery != kReferenceEvery - 1) {
    return {};
  }
  return "ALTER TABLE thing_" + std::to_string(number) +
         " ADD COLUMN previous_id text REFERENCES thing_" + std::to_string(number - 1) + " (id);\n";
}

/// The source with the number, its timestamp and the revision in their places.
std::string filled(std::string_view source, std::size_t number, std::size_t revision) {
  source.remove_prefix(1);
  std::string text;
  for (std::size_t at = 0; at < source.size(); ++at) {
    if (source[at] != '@') {
      text += source[at];
      continue;
    }
    ++at;
    text += source[at] == 'N'   ? std::to_string(number)
            : source[at] == 'T' ? timestamp(number)
            : source[at] == 'P' ? reference_to_previous(number)
                                : std::to_string(revision);
  }
  return text;
}

}  // namespace

std::string migration_file_name(std::size_t number, MigrationLanguage language) {
  return timestamp(number) + "-thing-" + std::to_string(number) +
         (language == MigrationLanguage::Sql ? ".sql" : ".ts");
}

std::string late_file_name(std::size_t number) {
  constexpr std::int64_t kBefore = 1'500'000'000'000;
  return std::to_string(kBefore + static_cast<std::int64_t>(number)) + "-thing-" +
         std::to_string(number) + ".sql";
}

std::string migration_source(std::size_t number, std::size_t revision) {
  return filled(source_of(kForms.at(number % kForms.size())), number, revision);
}

std::string sql_migration_source(std::size_t number, std::size_t revision) {
  return filled(kSql, number, revision);
}

std::string migration_helper_source() {
  return R"ts(const base = ["id character varying NOT NULL PRIMARY KEY", "created_at timestamptz DEFAULT now()"]

export function createTable(name: string, columns: string[]): string {
  return `CREATE TABLE "${name}" (${[...base, ...columns].join(", ")})`
}

export function dropTable(name: string): string {
  return `DROP TABLE "${name}"`
}
)ts";
}

}  // namespace medusa
