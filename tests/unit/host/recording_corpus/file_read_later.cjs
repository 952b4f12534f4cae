// SPDX-License-Identifier: MIT
// expect: lowered
// sends: ["CREATE TABLE a ()"]
"use strict";

const { readFile } = require("fs/promises");

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    const sql = await readFile(`${__dirname}/support/create.sql`);
    await q.query(sql.toString().split(";")[0]);
  }
};
