// SPDX-License-Identifier: MIT
// expect: dynamic locale
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    await q.query(`SELECT '${(1234.5).toLocaleString()}'`);
  }
};
