// SPDX-License-Identifier: MIT
// expect: dynamic module
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    let name = "t";
    try {
      name = require("not-installed-anywhere");
    } catch {}
    await q.query(`CREATE TABLE ${name} ()`);
  }
};
