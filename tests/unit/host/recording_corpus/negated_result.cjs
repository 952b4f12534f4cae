// SPDX-License-Identifier: MIT
// expect: dynamic result
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    const rows = await q.query("SELECT 1");
    await q.query(!rows ? "none" : "some");
  }
};
