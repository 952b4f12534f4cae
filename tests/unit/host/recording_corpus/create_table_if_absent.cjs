// SPDX-License-Identifier: MIT
// expect: lowered
// sends: [{"ask": "tables", "yes": [], "no": ["CREATE TABLE \"a\" (\"id\" int NOT NULL)"]}]
"use strict";

const { Table } = require("typeorm");

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    await q.createTable(new Table({ name: "a", columns: [{ name: "id", type: "int" }] }), true);
  }
};
