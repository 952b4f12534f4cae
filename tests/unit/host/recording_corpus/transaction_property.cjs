// SPDX-License-Identifier: MIT
// expect: lowered
// sends: ["CREATE INDEX CONCURRENTLY i ON t (a)"]
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    await q.query("CREATE INDEX CONCURRENTLY i ON t (a)");
  }

  transaction = false;
};
