// SPDX-License-Identifier: MIT
// expect: dynamic state
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    await q.query(`SELECT ${new Error("here").stack.length}`);
  }
};
