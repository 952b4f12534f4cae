// SPDX-License-Identifier: MIT
// expect: dynamic global
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    Object.freeze(Array.prototype);
    await q.query("one");
  }
};
