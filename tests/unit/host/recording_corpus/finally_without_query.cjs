// SPDX-License-Identifier: MIT
// expect: lowered
// sends: ["one", "closed"]
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    let open = true;
    try {
      await q.query("one");
    } finally {
      open = false;
    }
    await q.query(open ? "open" : "closed");
  }
};
