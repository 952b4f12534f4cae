// SPDX-License-Identifier: MIT
// expect: lowered
// sends: ["SELECT 'medusa_v2'"]
"use strict";

const { MedusaV2Flag } = require("@medusajs/utils");

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    await q.query(`SELECT '${MedusaV2Flag.key}'`);
  }
};
