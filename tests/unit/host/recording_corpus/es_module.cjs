// SPDX-License-Identifier: MIT
// expect: dynamic es-module
export class Corpus1700000000000 {
  async up(q) {
    await q.query("one");
  }
}
