// SPDX-License-Identifier: MIT
// expect: dynamic state
"use strict";

let done = false;

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    if (!done) {
      done = true;
      await q.query("one");
    }
  }
};
