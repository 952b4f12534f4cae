// SPDX-License-Identifier: MIT
// expect: dynamic environment
"use strict";

const { prefix } = require("./support/prefix.cjs");

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    await q.query(prefix("t"));
  }
};
