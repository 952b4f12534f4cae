// SPDX-License-Identifier: MIT
// expect: dynamic result
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    const rows = await q.query("SELECT id FROM t");
    await q.query("DELETE FROM t WHERE id = $1", [rows[0]?.id]);
  }
};
