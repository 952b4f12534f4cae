// SPDX-License-Identifier: MIT
// expect: dynamic order
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    const chain = async (name) => {
      await q.query(`${name} 1`);
      await q.query(`${name} 2`);
    };
    await Promise.all([chain("a"), chain("b")]);
  }
};
