// SPDX-License-Identifier: MIT
// expect: lowered
// sends: ["CREATE TABLE \"t\" ()", "DROP TABLE \"t\""]
"use strict";

const { statements } = require("./support/statements.cjs");

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    for (const statement of statements("t")) {
      await q.query(statement);
    }
  }
};
