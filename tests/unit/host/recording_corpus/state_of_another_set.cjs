// SPDX-License-Identifier: MIT
// expect: lowered
// sends: ["one"]
// By itself it always sends the same; see state_of_another_read.
"use strict";

const shared = require("./support/shared.cjs");

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    shared.flag = true;
    await q.query("one");
  }
};
