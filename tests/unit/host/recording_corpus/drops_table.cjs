// SPDX-License-Identifier: MIT
// expect: dynamic reads-database
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    await q.dropTable("t");
  }
};
