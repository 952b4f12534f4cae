// SPDX-License-Identifier: MIT
// expect: dynamic file
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    const text = require("fs").readFileSync(`${__dirname}/support/create.sql`, { flag: "a+" });
    await q.query(text.toString());
  }
};
