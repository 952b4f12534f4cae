// SPDX-License-Identifier: MIT
// expect: dynamic time-zone
// pg sends a Date in the time zone of its process.
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    await q.query("INSERT INTO t VALUES ($1)", [new Date(0)]);
  }
};
