// SPDX-License-Identifier: MIT
// expect: lowered
// sends: ["INSERT INTO tax VALUES ($1, $2, $3)", "INSERT INTO tax VALUES ($1, $2, $3)"]
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    for (const [code, rate] of Object.entries({ de: 19, fr: 20 })) {
      await q.query("INSERT INTO tax VALUES ($1, $2, $3)", [code, rate, null]);
    }
  }
};
