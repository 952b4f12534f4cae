// SPDX-License-Identifier: MIT
// expect: dynamic module
"use strict";

const { generateEntityId } = require("@medusajs/utils");

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    await q.query(`SELECT '${generateEntityId("", "t")}'`);
  }
};
