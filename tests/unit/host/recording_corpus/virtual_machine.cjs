// SPDX-License-Identifier: MIT
// expect: dynamic module
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    await q.query(require("vm").runInNewContext("'SELECT ' + Date.now()"));
  }
};
