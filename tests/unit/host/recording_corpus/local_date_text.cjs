// SPDX-License-Identifier: MIT
// expect: dynamic time-zone
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    await q.query(`SELECT ${Date.parse("2024-01-01 12:00")}`);
  }
};
