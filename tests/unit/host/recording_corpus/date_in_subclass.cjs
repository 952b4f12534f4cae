// SPDX-License-Identifier: MIT
// expect: dynamic clock
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    class Day extends Date {}
    await q.query(`SELECT ${+new Day()}`);
  }
};
