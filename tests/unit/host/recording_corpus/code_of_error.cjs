// SPDX-License-Identifier: MIT
// expect: dynamic error
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    try {
      await q.query("CREATE TABLE t ()");
    } catch (error) {
      if (error.code !== "42P07") {
        throw error;
      }
    }
  }
};
