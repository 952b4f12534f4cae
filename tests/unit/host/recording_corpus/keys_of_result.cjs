// SPDX-License-Identifier: MIT
// expect: dynamic result
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    await q.query("one", Object.keys(await q.query("SELECT 1")));
  }
};
