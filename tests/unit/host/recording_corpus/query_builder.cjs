// SPDX-License-Identifier: MIT
// expect: dynamic manager
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    await q.manager.createQueryBuilder().delete().from("t").execute();
  }
};
