// SPDX-License-Identifier: MIT
// expect: dynamic statement
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    for (;;) {
      await q.query("one");
    }
  }
};
