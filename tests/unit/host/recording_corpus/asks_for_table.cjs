// SPDX-License-Identifier: MIT
// expect: lowered
// sends: [{"ask": "tables", "yes": ["copy", {"ask": "columns", "yes": ["mail", "end"], "no": ["end"]}], "no": ["end"]}]
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    if (await q.hasTable("vendor")) {
      await q.query("copy");
      if (await q.hasColumn("vendor", "mail")) {
        await q.query("mail");
      }
    }
    await q.query("end");
  }
};
