// SPDX-License-Identifier: MIT
// expect: dynamic result
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    for (let rows = await q.query("SELECT 1"); rows; rows = null) {
      await q.query("one");
    }
  }
};
