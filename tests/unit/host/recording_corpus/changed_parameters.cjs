// SPDX-License-Identifier: MIT
// expect: dynamic statement
// pg reads them later than one thinks.
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    const parameters = [1];
    const sent = q.query("SELECT $1", parameters);
    parameters[0] = 2;
    await sent;
  }
};
