// SPDX-License-Identifier: MIT
// expect: dynamic module
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    const { default: os } = await import("node:os");
    await q.query(`SELECT '${os.hostname()}'`);
  }
};
