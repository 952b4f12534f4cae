// SPDX-License-Identifier: MIT
// expect: lowered
// sends: ["one", "two"]
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    return q.query("one").then(() => q.query("two"));
  }
};
