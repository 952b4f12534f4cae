// SPDX-License-Identifier: MIT
// expect: dynamic locale
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    await q.query(`SELECT '${new Intl.NumberFormat().format(1.5)}'`);
  }
};
