// SPDX-License-Identifier: MIT
// expect: dynamic file
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    let name = "t";
    try {
      name = require("fs").readFileSync(`${__dirname}/name.txt`, "utf8");
    } catch {}
    await q.query(`CREATE TABLE ${name} ()`);
  }
};
