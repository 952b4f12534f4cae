// SPDX-License-Identifier: MIT
// expect: dynamic state
"use strict";

let calls = 0;

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    calls += 1;
    for (const name of ["a", "b", "c"]) {
      await q.query(calls > 3 ? "late" : name);
    }
  }
};
