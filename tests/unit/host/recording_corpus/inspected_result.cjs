// SPDX-License-Identifier: MIT
// expect: dynamic result
// Node's inspect looks behind a Proxy.
"use strict";

const { inspect } = require("util");

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    await q.query(`SELECT '${inspect(await q.query("SELECT 1"))}'`);
  }
};
