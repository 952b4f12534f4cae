// SPDX-License-Identifier: MIT
// expect: lowered
// sends: []
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    return undefined;
  }
};
