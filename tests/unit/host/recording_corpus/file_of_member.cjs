// SPDX-License-Identifier: MIT
// expect: lowered
// sends: ["CREATE TABLE a ()", "CREATE TABLE b ()"]
"use strict";

const fs = require("node:fs");
const path = require("path");

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    const sql = fs.readFileSync(path.join(__dirname, "support", "create.sql"), "utf8");
    for (const statement of sql.split(";\n").filter(Boolean)) {
      await q.query(statement);
    }
  }
};
