// SPDX-License-Identifier: MIT
//
// A migration that uses more of the QueryRunner than query(), and leaves its traces in the schema, in
// the table "note" and in $PROBE_FILE. Run by medusa and by TypeORM itself it must leave the same.
"use strict";

const fs = require("node:fs");
const util = require("node:util");
const { Table, TableCheck, TableColumn, TableForeignKey, TableIndex, TableUnique } = require("typeorm");

const column = (name, type, more = {}) => ({ name, type, ...more });

exports.ProbeQueryRunner1700000000002 = class ProbeQueryRunner1700000000002 {
  async up(queryRunner) {
    const seen = [];
    const see = (what, value) => seen.push(`${what}: ${util.inspect(value, { depth: null })}`);
    await this.changeSchema(queryRunner, see);
    await this.changeData(queryRunner, see);
    await this.nestTransactions(queryRunner, see);
    fs.writeFileSync(process.env.PROBE_FILE, `${seen.join("\n")}\n`);
    // Nobody waits for these; they are sent all the same, and in this order.
    queryRunner.query(`INSERT INTO note (text) VALUES ('left behind 1')`);
    queryRunner.query(`INSERT INTO note (text) VALUES ('left behind 2')`);
  }

  async changeSchema(queryRunner, see) {
    await queryRunner.createTable(
      new Table({
        name: "author",
        columns: [
          column("id", "serial", { isPrimary: true, primaryKeyConstraintName: "author_pk" }),
          column("name", "varchar", { length: "40" }),
          column("kind", "enum", { enum: ["human", "it's"], enumName: "author_kind", default: "'human'" }),
          column("tags", "text", { isArray: true, default: "'{}'" }),
        ],
        checks: [new TableCheck({ name: "author_name", expression: `"name" <> ''` })],
      }),
    );
    await queryRunner.createTable(
      new Table({
        name: "note",
        columns: [
          column("id", "integer", { isPrimary: true, isGenerated: true, generationStrategy: "increment" }),
          column("text", "text"),
          column("writer", "integer", { isNullable: true }),
          column("seen", "timestamptz", { default: "'2024-01-01 00:00:00+00'" }),
        ],
      }),
    );
    // A second time it is no error.
    await queryRunner.createTable(new Table({ name: "note", columns: [column("id", "integer")] }), true);
    see("hasTable", await queryRunner.hasTable("note"));
    see("hasTable", await queryRunner.hasTable("public.note"));
    see("hasTable", await queryRunner.hasTable("nothing"));
    see("hasColumn", await queryRunner.hasColumn("note", "text"));
    see("hasColumn", await queryRunner.hasColumn("note", "nothing"));
    see("getCurrentSchema", await queryRunner.getCurrentSchema());

    await queryRunner.addColumn("note", new TableColumn(column("rank", "integer", { default: 0 })));
    await queryRunner.addColumn("note", new TableColumn(column("old", "integer", { isNullable: true })));
    await queryRunner.renameColumn("note", "writer", "author_id");
    const wider = new TableColumn(column("rank", "integer", { default: 1, isNullable: true, comment: "it's" }));
    await queryRunner.changeColumn("note", "rank", wider);
    await queryRunner.changeColumn("note", "seen", new TableColumn(column("seen_at", "timestamptz", { isNullable: true })));
    await queryRunner.dropColumn("note", "old");
    await queryRunner.createIndex("note", new TableIndex({ columnNames: ["author_id", "rank"] }));
    await queryRunner.createIndex(
      "note",
      new TableIndex({ name: "note_text", columnNames: ["text"], isUnique: true, where: `"rank" > 5` }),
    );
    await queryRunner.createForeignKey(
      "note",
      new TableForeignKey({
        columnNames: ["author_id"],
        referencedTableName: "author",
        referencedColumnNames: ["id"],
        onDelete: "CASCADE",
      }),
    );
    await queryRunner.createUniqueConstraint(
      "author",
      new TableUnique({ name: "author_once", columnNames: ["name", "kind"] }),
    );
    await queryRunner.createCheckConstraint("note", new TableCheck({ expression: `"rank" >= 0` }));
    await queryRunner.createTable(
      new Table({ name: "spare", columns: [column("id", "integer", { isPrimary: true })] }),
    );
    await queryRunner.renameTable("spare", "spare_2");
    const table = await queryRunner.getTable("note");
    see("columns", table.columns.map((each) => [each.name, each.type, each.isNullable, each.default]));
    see("indices", table.indices.map((each) => [each.name, each.columnNames, each.isUnique, each.where]));
    see("foreignKeys", table.foreignKeys.map((each) => [each.name, each.onDelete, each.columnNames]));
    see("checks", table.checks.map((each) => [each.name, each.expression]).sort());
    see("getTable", await queryRunner.getTable("nothing"));
  }

  async changeData(queryRunner, see) {
    const { manager } = queryRunner;
    const inserted = await manager
      .createQueryBuilder()
      .insert()
      .into("author", ["name", "tags"])
      .values([{ name: "Ann", tags: ["a", "b"] }, { name: "Bob", tags: [] }])
      .returning("id, name")
      .execute();
    see("insert", inserted.raw);
    const updated = await manager
      .createQueryBuilder()
      .update("author")
      .set({ name: () => "upper(name)" })
      .where("name = :name", { name: "Ann" })
      .execute();
    see("update", [updated.raw, updated.affected]);
    await manager.createQueryBuilder().insert().into("note", ["text", "author_id"]).values({ text: "x", author_id: 1 }).execute();
    see("manager.query", await manager.query(`SELECT * FROM note WHERE text = $1`, ["x"]));
    see(
      "select",
      await manager
        .createQueryBuilder()
        .select("author.name", "name")
        .addSelect("count(note.id)", "notes")
        .from("author", "author")
        .leftJoin("note", "note", "note.author_id = author.id")
        .where("author.name IN (:...names)", { names: ["ANN", "Bob"] })
        .groupBy("author.name")
        .orderBy("author.name")
        .getRawMany(),
    );
    const removed = await manager.createQueryBuilder().delete().from("author").where("name = 'Bob'").execute();
    see("delete", [removed.raw, removed.affected]);
    const stream = await Promise.all([1, 2, 3].map((n) => queryRunner.query(`SELECT ${n} AS n`)));
    see("at once", stream);
    // A runner of its own would be another connection for TypeORM: only that it answers is the same.
    see("isTransactionActive", queryRunner.isTransactionActive);
    see("isReleased", queryRunner.isReleased);
  }

  async nestTransactions(queryRunner, see) {
    const note = (text) => queryRunner.query(`INSERT INTO note (text) VALUES ($1)`, [text]);
    await queryRunner.startTransaction();
    await note("kept by an inner transaction");
    await queryRunner.startTransaction();
    await note("lost with the innermost");
    await queryRunner.rollbackTransaction();
    await queryRunner.commitTransaction();
    await queryRunner.query("SAVEPOINT mine");
    try {
      await queryRunner.query("INSERT INTO nothing VALUES (1)");
    } catch (error) {
      see("caught", [error.name, error.message, error.code, error.query]);
      await queryRunner.query("ROLLBACK TO SAVEPOINT mine");
    }
    await queryRunner.query("RELEASE SAVEPOINT mine");
    await queryRunner.manager.transaction(async (manager) => {
      await manager.query(`INSERT INTO note (text) VALUES ('by manager.transaction')`);
    });
    await queryRunner.manager
      .transaction(async (manager) => {
        await manager.query(`INSERT INTO note (text) VALUES ('lost')`);
        throw new Error("back");
      })
      .catch((error) => see("transaction", error.message));
    await note("the end");
  }

  async down(queryRunner) {
    await queryRunner.dropTable("spare_2");
    const note = await queryRunner.getTable("note");
    await queryRunner.dropForeignKeys("note", note.foreignKeys);
    await queryRunner.dropIndices("note", note.indices);
    await queryRunner.dropTable("author");
    await queryRunner.dropTable("note", true);
    await queryRunner.dropTable("nothing", true);
    // "author_kind" stays: so TypeORM leaves it.
  }
};
