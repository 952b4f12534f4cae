// SPDX-License-Identifier: MIT
// expect: lowered
// sends: ["CREATE INDEX \"IDX_1eb7c54d\" ON t (a, b)"]
"use strict";

const { createHash } = require("crypto");

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    const name = createHash("sha256").update("a,b").digest("hex").slice(0, 8);
    await q.query(`CREATE INDEX "IDX_${name}" ON t (a, b)`);
  }
};
