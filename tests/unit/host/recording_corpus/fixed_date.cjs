// SPDX-License-Identifier: MIT
// expect: lowered
// sends: ["INSERT INTO sale VALUES ('2024-02-01T00:00:00.000Z')"]
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    const start = new Date("2024-01-31T00:00:00Z");
    start.setTime(start.getTime() + 86_400_000);
    await q.query(`INSERT INTO sale VALUES ('${start.toISOString()}')`);
  }
};
