// SPDX-License-Identifier: MIT
// expect: dynamic never-settles
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    await q.query("one");
    await new Promise(() => {});
  }
};
