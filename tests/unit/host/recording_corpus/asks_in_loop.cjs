// SPDX-License-Identifier: MIT
// expect: lowered
// sends: [{"ask": "tables", "yes": [{"ask": "tables", "yes": [], "no": ["CREATE TABLE b ()"]}], "no": ["CREATE TABLE a ()", {"ask": "tables", "yes": [], "no": ["CREATE TABLE b ()"]}]}]
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    for (const name of ["a", "b"]) {
      if (!(await q.hasTable(name))) {
        await q.query(`CREATE TABLE ${name} ()`);
      }
    }
  }
};
