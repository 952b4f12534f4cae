// SPDX-License-Identifier: MIT
// expect: dynamic global
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    globalThis.corpusWasHere = true;
    await q.query("one");
  }
};
