// SPDX-License-Identifier: MIT
// expect: dynamic surroundings
// TypeORM writes the current schema into the name of the type.
"use strict";

const { Table } = require("typeorm");

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    await q.createTable(
      new Table({ name: "a", columns: [{ name: "kind", type: "enum", enum: ["x", "y"] }] }),
    );
  }
};
