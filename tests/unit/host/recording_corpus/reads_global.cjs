// SPDX-License-Identifier: MIT
// expect: dynamic global
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    await q.query(globalThis.corpusSetting ? "one" : "two");
  }
};
