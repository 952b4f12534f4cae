// SPDX-License-Identifier: MIT
// expect: dynamic timeout
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    await q.query("one");
    for (;;) {}
  }
};
