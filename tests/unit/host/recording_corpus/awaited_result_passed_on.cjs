// SPDX-License-Identifier: MIT
// expect: lowered
// sends: ["one", "two"]
// A result may be kept and returned, as long as nobody looks at it.
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    const step = async () => q.query("one");
    const result = await step();
    await q.query("two");
    return result;
  }
};
