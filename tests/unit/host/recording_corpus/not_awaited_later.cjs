// SPDX-License-Identifier: MIT
// expect: dynamic not-awaited
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    q.query("one").then(() => q.query("two"));
    await q.query("three");
  }
};
