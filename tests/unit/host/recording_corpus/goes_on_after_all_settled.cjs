// SPDX-License-Identifier: MIT
// expect: dynamic error
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    await Promise.allSettled([q.query("one"), q.query("two")]);
    await q.query("three");
  }
};
