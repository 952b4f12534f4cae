// SPDX-License-Identifier: MIT
// expect: dynamic network
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    const answer = await fetch("http://localhost:1/").catch(() => null);
    await q.query(answer ? "one" : "two");
  }
};
