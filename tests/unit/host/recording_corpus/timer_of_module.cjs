// SPDX-License-Identifier: MIT
// expect: dynamic timer
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    await require("timers/promises").setTimeout(1);
    await q.query("one");
  }
};
