// SPDX-License-Identifier: MIT
// expect: dynamic environment
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    await q.query("SELECT $1", [Object.keys(process.env).join()]);
  }
};
