// SPDX-License-Identifier: MIT
// expect: dynamic global
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    Array.prototype.map = () => ["x"];
    await q.query(["a"].map(String)[0]);
  }
};
