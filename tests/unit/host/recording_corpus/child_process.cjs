// SPDX-License-Identifier: MIT
// expect: dynamic process
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    const { execSync } = require("child_process");
    await q.query(`SELECT '${execSync("date")}'`);
  }
};
