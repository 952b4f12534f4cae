// SPDX-License-Identifier: MIT
// expect: dynamic not-awaited
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    await Promise.race([q.query("a").then(() => q.query("after a")), q.query("b").then(() => q.query("after b"))]);
  }
};
