// SPDX-License-Identifier: MIT
// expect: lowered needsTransaction
// sends: ["CREATE TABLE a ()", "CREATE TABLE b ()", "CREATE TABLE c ()"]
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    await Promise.all(["a", "b", "c"].map((name) => q.query(`CREATE TABLE ${name} ()`)));
  }
};
