// SPDX-License-Identifier: MIT
// expect: dynamic module
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    const { Worker } = require("worker_threads");
    new Worker("", { eval: true });
    await q.query("one");
  }
};
