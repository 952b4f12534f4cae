// SPDX-License-Identifier: MIT
// expect: dynamic clock
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    const Clock = Object.getPrototypeOf(new Date(0)).constructor;
    await q.query(`SELECT ${Reflect.construct(Clock, []).getTime()}`);
  }
};
