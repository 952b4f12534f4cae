// SPDX-License-Identifier: MIT
// expect: dynamic transaction
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    await q.startTransaction();
    await q.query("one");
    await q.commitTransaction();
  }
};
