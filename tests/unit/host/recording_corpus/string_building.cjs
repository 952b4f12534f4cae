// SPDX-License-Identifier: MIT
// expect: lowered
// sends: ["CREATE TABLE \"t\" (\"id\" text, \"title\" text)"]
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    const columns = ["id", "title"].map((name) => `"${name}" text`);
    await q.query(`CREATE TABLE "t" (${columns.join(", ")})`);
  }
};
