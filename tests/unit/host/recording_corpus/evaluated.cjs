// SPDX-License-Identifier: MIT
// expect: dynamic code
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    await q.query(eval("'SELECT ' + Date.now()"));
  }
};
