// SPDX-License-Identifier: MIT
// expect: dynamic reads-database
"use strict";

const { TableColumn } = require("typeorm");

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    await q.addColumn("t", new TableColumn({ name: "a", type: "int" }));
  }
};
