// SPDX-License-Identifier: MIT
// expect: dynamic error
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    try {
      await q.query("ALTER TABLE t ADD a int");
    } catch {
      await q.query("ALTER TABLE t ALTER a TYPE int");
    }
  }
};
