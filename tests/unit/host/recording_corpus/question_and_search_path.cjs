// SPDX-License-Identifier: MIT
// expect: dynamic schema
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    await q.query("SET search_path TO other");
    if (await q.hasTable("t")) {
      await q.query("one");
    }
  }
};
