// SPDX-License-Identifier: MIT
// expect: dynamic runner
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    await q.query(`SELECT '${q.connection.options.database}'`);
  }
};
