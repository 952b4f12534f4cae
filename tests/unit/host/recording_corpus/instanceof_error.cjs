// SPDX-License-Identifier: MIT
// expect: dynamic error
"use strict";

const { QueryFailedError } = require("typeorm");

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    try {
      await q.query("CREATE TABLE t ()");
    } catch (error) {
      if (!(error instanceof QueryFailedError)) {
        throw error;
      }
    }
  }
};
