// SPDX-License-Identifier: MIT
// expect: lowered
// sends: ["one"]
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    try {
      await q.query("one");
    } catch (cause) {
      throw new Error("could not do it", { cause });
    }
  }
};
