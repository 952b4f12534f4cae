// SPDX-License-Identifier: MIT
// expect: dynamic module
"use strict";

const { getRepository } = require("typeorm");

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    await getRepository("t").find();
  }
};
