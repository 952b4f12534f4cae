// SPDX-License-Identifier: MIT
// expect: dynamic error
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    await Promise.all([q.query("one"), q.query("two")]);
  }

  transaction = false;
};
