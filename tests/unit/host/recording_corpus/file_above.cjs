// SPDX-License-Identifier: MIT
// expect: dynamic file
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    await q.query(require("fs").readFileSync(`${__dirname}/../protocol.test.cjs`, "utf8"));
  }
};
