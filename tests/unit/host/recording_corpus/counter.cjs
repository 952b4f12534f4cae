// SPDX-License-Identifier: MIT
// expect: dynamic state
"use strict";

let calls = 0;

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    calls += 1;
    await q.query(`SELECT ${calls}`);
  }
};
