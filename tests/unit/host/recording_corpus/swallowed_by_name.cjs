// SPDX-License-Identifier: MIT
// expect: dynamic error
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    const swallow = ["ca", "tch"].join("");
    await q.query("one")[swallow](() => {});
    await q.query("two");
  }
};
