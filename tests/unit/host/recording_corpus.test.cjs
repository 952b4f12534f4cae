// SPDX-License-Identifier: MIT
//
// Small migrations that must be lowered or must not be, each saying which in its first lines:
//   // expect: lowered | lowered needsTransaction | dynamic CODE
//   // sends: [STATEMENT or {"ask": TEXT IN THE QUESTION, "yes": [...], "no": [...]}]
"use strict";

const assert = require("node:assert/strict");
const fs = require("node:fs");
const path = require("node:path");
const { before, test } = require("node:test");
const { sharedHost } = require("./support/host_process.cjs");
const { missing } = require("./support/workspace.cjs");

const skip = missing("typeorm", "pg", "@medusajs/utils");
const root = path.join(__dirname, "recording_corpus");
const names = fs.readdirSync(root).filter((name) => name.endsWith(".cjs"));
const host = sharedHost();
const found = new Map();

function header(text, key) {
  const line = text.split("\n").find((each) => each.startsWith(`// ${key}: `));
  return line?.slice(key.length + 5) ?? null;
}

function verdictOf({ migrations, reason }) {
  const up = reason ? { reason } : migrations[0].up;
  if (!up.lowered) {
    return `dynamic ${up.reason.code}`;
  }
  return up.needsTransaction ? "lowered needsTransaction" : "lowered";
}

function assertSends(program, expected) {
  const actual = program.map((node, index) => (node.ask ? askOf(node, expected[index]) : node.sql));
  assert.deepEqual(actual, expected);
}

function askOf({ ask, yes, no }, expected) {
  assert.match(ask.sql, new RegExp(expected?.ask));
  assertSends(yes, expected.yes);
  assertSends(no, expected.no);
  return expected;
}

before(async () => {
  if (skip) {
    return;
  }
  const modules = names.map((name) => ({ file: path.join(root, name) }));
  const members = [{ member: { name: "corpus", root }, modules }];
  const [corpus] = await host.parts("record", { typeormFrom: [], cwd: root, limitMs: 500, members });
  for (const each of corpus.modules) {
    found.set(path.basename(each.file), each);
  }
});

for (const name of names) {
  test(name, { skip }, () => {
    const text = fs.readFileSync(path.join(root, name), "utf8");
    const recorded = found.get(name);
    assert.equal(verdictOf(recorded), header(text, "expect"), JSON.stringify(recorded, null, 1));
    const sends = header(text, "sends");
    if (sends !== null) {
      assertSends(recorded.migrations[0].up.program, JSON.parse(sends));
    }
  });
}
