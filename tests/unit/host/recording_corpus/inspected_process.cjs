// SPDX-License-Identifier: MIT
// expect: dynamic state
"use strict";

const { inspect } = require("util");

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    await q.query("SELECT $1", [inspect(process)]);
  }
};
