// SPDX-License-Identifier: MIT
// expect: dynamic throws
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    await q.query("one");
    throw new Error("not supported");
  }
};
