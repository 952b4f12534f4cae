// SPDX-License-Identifier: MIT
// expect: dynamic result
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    switch (await q.query("SELECT 1")) {
      case undefined:
        return;
      default:
        await q.query("one");
    }
  }
};
