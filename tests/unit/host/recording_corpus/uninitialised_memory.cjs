// SPDX-License-Identifier: MIT
// expect: dynamic memory
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    await q.query(`SELECT '${Buffer.allocUnsafe(4).toString("hex")}'`);
  }
};
