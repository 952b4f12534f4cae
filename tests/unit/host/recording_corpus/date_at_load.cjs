// SPDX-License-Identifier: MIT
// expect: dynamic clock
// Already loading the module asks.
"use strict";

const start = Date.now();

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    await q.query(`SELECT ${start}`);
  }
};
