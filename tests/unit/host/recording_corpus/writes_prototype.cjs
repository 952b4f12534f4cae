// SPDX-License-Identifier: MIT
// expect: dynamic global
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    String.prototype.quoted = function () {
      return `"${this}"`;
    };
    await q.query(`CREATE TABLE ${"t".quoted()} ()`);
  }
};
