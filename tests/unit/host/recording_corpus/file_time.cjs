// SPDX-License-Identifier: MIT
// expect: dynamic file
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    await q.query(`SELECT ${require("fs").statSync(__filename).mtimeMs}`);
  }
};
