// SPDX-License-Identifier: MIT
// expect: dynamic throws
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    Promise.reject(new Error("nobody waits for this"));
    await q.query("one");
  }
};
