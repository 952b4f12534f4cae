// SPDX-License-Identifier: MIT
// expect: dynamic process
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    await q.query(`SELECT ${process.pid}`);
  }
};
