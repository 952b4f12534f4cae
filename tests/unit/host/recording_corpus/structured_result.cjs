// SPDX-License-Identifier: MIT
// expect: dynamic result
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    const { affected } = await q.query("DELETE FROM t", [], true);
    await q.query("one", [affected]);
  }
};
