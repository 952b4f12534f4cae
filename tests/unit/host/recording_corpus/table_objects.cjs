// SPDX-License-Identifier: MIT
// expect: lowered
// sends: ["CREATE TABLE \"post\" (\"id\" varchar NOT NULL, \"author_id\" varchar, CONSTRAINT \"PK_be5fda3aac270b134ff9c21cdee\" PRIMARY KEY (\"id\"))", "CREATE INDEX \"IDX_2f1a9ca8908fc8168bc18437f6\" ON \"post\" (\"author_id\") ", "two"]
"use strict";

const { Table } = require("typeorm");

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    await q.createTable(
      new Table({
        name: "post",
        columns: [
          { name: "id", type: "varchar", isPrimary: true },
          { name: "author_id", type: "varchar", isNullable: true },
        ],
        indices: [{ columnNames: ["author_id"] }],
      }),
    );
    await q.query("two");
  }
};
