// SPDX-License-Identifier: MIT
// expect: dynamic result
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    const box = { then: (resolve) => q.query("SELECT 1").then((rows) => resolve(rows.at(0))) };
    await q.query("one", [await box]);
  }
};
