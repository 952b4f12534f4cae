// SPDX-License-Identifier: MIT
// expect: dynamic environment
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    await q.query("CI" in process.env ? "one" : "two");
  }
};
