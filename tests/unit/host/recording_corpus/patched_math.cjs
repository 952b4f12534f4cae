// SPDX-License-Identifier: MIT
// expect: dynamic global
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    Math.random = () => 4;
    await q.query("one");
  }
};
