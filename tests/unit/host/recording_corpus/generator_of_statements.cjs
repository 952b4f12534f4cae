// SPDX-License-Identifier: MIT
// expect: lowered
// sends: ["one", "two", "three"]
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    function* statements() {
      yield "one";
      yield* ["two", "three"];
    }
    for (const each of statements()) {
      await q.query(each);
    }
  }
};
