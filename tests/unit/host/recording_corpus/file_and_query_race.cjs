// SPDX-License-Identifier: MIT
// expect: dynamic order
"use strict";

const { readFile } = require("fs").promises;

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    const read = readFile(`${__dirname}/support/create.sql`).then(() => q.query("read"));
    await Promise.all([q.query("one").then(() => q.query("two")), read]);
  }
};
