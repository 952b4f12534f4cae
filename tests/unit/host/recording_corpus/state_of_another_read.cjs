// SPDX-License-Identifier: MIT
// expect: dynamic state
"use strict";

const shared = require("./support/shared.cjs");

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    await q.query(shared.flag ? "one" : "two");
  }
};
