// SPDX-License-Identifier: MIT
// expect: dynamic module
"use strict";

const { ContainerRegistrationKeys } = require("@medusajs/utils");

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    await q.query(Object.keys(ContainerRegistrationKeys).join());
  }
};
