// SPDX-License-Identifier: MIT
// expect: lowered needsTransaction
// sends: ["CREATE EXTENSION pg_trgm"]
// In a transaction, whatever comes after the failure fails too.
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    try {
      await q.query("CREATE EXTENSION pg_trgm");
    } catch (error) {
      console.warn("no pg_trgm");
    }
  }
};
