// SPDX-License-Identifier: MIT
// expect: dynamic questions
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    for (const name of ["a", "b", "c", "d", "e"]) {
      if (await q.hasTable(name)) {
        await q.query(name);
      }
    }
  }
};
