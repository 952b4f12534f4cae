// SPDX-License-Identifier: MIT
// expect: dynamic state
"use strict";

let calls = 0;

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    const source = { get name() { calls += 1; return `t${calls}`; } };
    await q.query(`CREATE TABLE ${source.name} ()`);
  }
};
