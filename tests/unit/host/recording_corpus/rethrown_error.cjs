// SPDX-License-Identifier: MIT
// expect: lowered
// sends: ["one", "two"]
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    try {
      await q.query("one");
      await q.query("two");
    } catch (error) {
      console.error("could not do it", error);
      throw error;
    }
  }
};
