// SPDX-License-Identifier: MIT
// expect: dynamic error
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    try {
      await q.query("one");
    } finally {
      await q.query("two");
    }
  }
};
