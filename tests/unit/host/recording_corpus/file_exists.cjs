// SPDX-License-Identifier: MIT
// expect: dynamic file
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    if (require("fs").existsSync(`${__dirname}/override.sql`)) {
      await q.query("override");
    }
  }
};
