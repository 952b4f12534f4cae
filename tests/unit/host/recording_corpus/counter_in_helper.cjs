// SPDX-License-Identifier: MIT
// expect: dynamic state
"use strict";

const { next } = require("./support/counter.cjs");

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    await q.query(`SELECT ${next()}`);
  }
};
