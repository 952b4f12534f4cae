// SPDX-License-Identifier: MIT
// expect: lowered
// sends: ["one"]
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    console.log("creating %s", "t");
    await q.query("one");
  }
};
