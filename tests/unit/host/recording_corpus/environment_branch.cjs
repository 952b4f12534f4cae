// SPDX-License-Identifier: MIT
// expect: dynamic environment
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    if (process.env.NODE_ENV === "production") {
      await q.query("one");
    }
  }
};
