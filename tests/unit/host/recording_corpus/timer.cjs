// SPDX-License-Identifier: MIT
// expect: dynamic timer
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    await new Promise((resolve) => setTimeout(resolve, 1));
    await q.query("one");
  }
};
