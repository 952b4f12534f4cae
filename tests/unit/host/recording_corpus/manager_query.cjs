// SPDX-License-Identifier: MIT
// expect: lowered
// sends: ["INSERT INTO t VALUES ($1)"]
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    await q.manager.query("INSERT INTO t VALUES ($1)", [true]);
  }
};
