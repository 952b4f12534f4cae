// SPDX-License-Identifier: MIT
// expect: dynamic order
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    let ticks = 0;
    const count = async () => {
      for (; ticks < 20; ticks += 1) {
        await null;
      }
    };
    const counting = count();
    await q.query("one");
    await q.query(`SELECT ${ticks}`);
    await counting;
  }
};
