// SPDX-License-Identifier: MIT
// expect: dynamic error
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    const known = await q.hasTable("t").catch(() => false);
    await q.query(known ? "one" : "two");
  }
};
