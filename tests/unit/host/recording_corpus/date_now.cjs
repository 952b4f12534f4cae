// SPDX-License-Identifier: MIT
// expect: dynamic clock
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    await q.query(`INSERT INTO t VALUES (${Date.now()})`);
  }
};
