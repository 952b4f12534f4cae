// SPDX-License-Identifier: MIT
// expect: lowered
// sends: ["CREATE INDEX \"IDX_post\" ON \"post\" (\"id\") "]
"use strict";

const { Table, TableIndex } = require("typeorm");

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    const table = new Table({ name: "post", columns: [{ name: "id", type: "int" }] });
    await q.createIndex(table, new TableIndex({ name: "IDX_post", columnNames: ["id"] }));
  }
};
