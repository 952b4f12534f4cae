// SPDX-License-Identifier: MIT
// expect: dynamic environment
"use strict";

const { env } = require("node:process");

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    await q.query(env.HOME ? "one" : "two");
  }
};
