// SPDX-License-Identifier: MIT
// expect: dynamic result
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    await q.query(`SELECT ${await q.query("SELECT 1")}`);
  }
};
