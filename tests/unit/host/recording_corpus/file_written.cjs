// SPDX-License-Identifier: MIT
// expect: dynamic file
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    require("fs").writeFileSync(`${__dirname}/written.txt`, "x");
    await q.query("one");
  }
};
