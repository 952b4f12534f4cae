// SPDX-License-Identifier: MIT
// expect: dynamic es-module
"use strict";

const name = await Promise.resolve("t");

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    await q.query(`CREATE TABLE ${name} ()`);
  }
};
