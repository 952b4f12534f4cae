// SPDX-License-Identifier: MIT
// expect: dynamic surroundings
// Whether TypeORM writes the schema depends on which one is current.
"use strict";

const { Table } = require("typeorm");

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    await q.createTable(new Table({ name: "public.t", columns: [{ name: "a", type: "int" }] }));
  }
};
