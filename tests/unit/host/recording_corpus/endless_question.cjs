// SPDX-License-Identifier: MIT
// expect: dynamic questions
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    while (await q.hasTable("t")) {
      await q.query("ALTER TABLE t RENAME TO t_old");
    }
  }
};
