// SPDX-License-Identifier: MIT
// expect: dynamic network
"use strict";

exports.Corpus = class Corpus1700000000000 {
  async up(q) {
    require("http").get("http://localhost:1/", () => q.query("one"));
  }
};
