// SPDX-License-Identifier: MIT
// expect: dynamic surroundings
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    await q.query(`SELECT '${require("path").resolve("x")}'`);
  }
};
