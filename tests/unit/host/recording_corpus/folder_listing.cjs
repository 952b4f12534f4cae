// SPDX-License-Identifier: MIT
// expect: dynamic file
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    for (const file of require("fs").readdirSync(__dirname)) {
      await q.query(`SELECT '${file}'`);
    }
  }
};
