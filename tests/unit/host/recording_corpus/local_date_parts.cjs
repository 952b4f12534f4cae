// SPDX-License-Identifier: MIT
// expect: dynamic time-zone
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    await q.query(`SELECT ${new Date(2024, 0, 1).getTime()}`);
  }
};
