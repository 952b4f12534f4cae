// SPDX-License-Identifier: MIT
// expect: dynamic result
"use strict";

const { isDeepStrictEqual } = require("util");

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    await q.query(isDeepStrictEqual(await q.query("SELECT 1"), []) ? "none" : "some");
  }
};
