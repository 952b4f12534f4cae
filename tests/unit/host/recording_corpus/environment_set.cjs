// SPDX-License-Identifier: MIT
// expect: dynamic environment
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    process.env.TZ = "UTC";
    await q.query("one");
  }
};
