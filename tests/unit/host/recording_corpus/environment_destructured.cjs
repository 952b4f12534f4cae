// SPDX-License-Identifier: MIT
// expect: dynamic environment
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    const { SHOP_NAME = "shop" } = process.env;
    await q.query(`SELECT '${SHOP_NAME}'`);
  }
};
