// SPDX-License-Identifier: MIT
// expect: dynamic surroundings
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    await q.query(`COMMENT ON TABLE t IS '${__dirname}'`);
  }
};
