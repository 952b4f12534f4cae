// SPDX-License-Identifier: MIT
// expect: dynamic locale
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    const names = ["b", "ä"].sort((a, b) => a.localeCompare(b));
    await q.query(`SELECT '${names.join()}'`);
  }
};
