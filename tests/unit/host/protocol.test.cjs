"use strict";

const assert = require("node:assert/strict");
const { test } = require("node:test");
const { LineReader, encode } = require("../../../packages/host/node/protocol.cjs");
const { Workspace, missing } = require("./support/workspace.cjs");

test("lines are joined from chunks, also within a character", () => {
  const lines = [];
  const reader = new LineReader((line) => lines.push(line));
  for (const byte of Buffer.from('{"a":"é"}\n\n{"b":1}\nrest')) {
    reader.push(Buffer.from([byte]));
  }
  assert.deepEqual(lines, ['{"a":"é"}', "", '{"b":1}']);
});

test("a lone surrogate, which has no UTF-8 form, is replaced", () => {
  assert.equal(encode({ a: "x\ud800y", b: "😀", c: "\\ud800" }), '{"a":"x\ufffdy","b":"😀","c":"\\\\ud800"}\n');
});

test("the first message says hello, and the end of requests ends the host with 0", async (t) => {
  const host = new Workspace(t).host();
  assert.equal(await host.end(), 0);
  assert.deepEqual(host.messages, [{ type: "hello", protocol: 1, node: process.version }]);
});

test("what is not understood is answered, and the host goes on", async (t) => {
  const host = new Workspace(t).host();
  assert.equal((await host.error("dance", {})).code, "unknown-method");
  host.sendLine("{not json");
  host.sendLine('{"id":9}');
  assert.equal((await host.error("describe", {})).code, "internal");
  const answers = host.messages.filter((each) => each.id === null || each.id === 9);
  assert.deepEqual(answers.map((each) => each.error.code), ["bad-request", "bad-request"]);
});

test("messages of many megabytes arrive whole, in order", { skip: missing("typeorm", "pg") }, async (t) => {
  const workspace = new Workspace(t, ["typeorm", "pg"]);
  workspace.write(
    "m.js",
    `exports.Big1700000000000 = class Big1700000000000 {
       async up(q) {
         const texts = [0, 1, 2].map((n) => "select '" + String(n).repeat(4e6) + "ü'");
         const rows = await Promise.all(texts.map((text) => q.query(text)));
         rows.forEach((row, n) => {
           if (row[0].v !== texts[n]) throw new Error("row " + n + " differs");
         });
       }
     }`,
  );
  const host = workspace.host();
  const known = host.onQuery;
  host.onQuery = (message) =>
    message.setup
      ? known(message)
      : { results: [{ tag: "SELECT 1", fields: [{ name: "v", oid: 25 }], rows: [[message.text]] }] };
  await host.result("run", workspace.runOf("m.js", "Big1700000000000"));
  assert.equal(host.queries.filter((each) => !each.setup).length, 3);
});

test("what a migration prints is not on the channel", { skip: missing("typeorm", "pg") }, async (t) => {
  const workspace = new Workspace(t, ["typeorm", "pg"]);
  workspace.write(
    "m.js",
    `exports.P1700000000000 = class P1700000000000 {
       async up() { console.log('{"type":"result"}'); console.error("to stderr"); }
     }`,
  );
  const host = workspace.host();
  await host.result("run", workspace.runOf("m.js", "P1700000000000"));
  await host.end();
  assert.deepEqual([host.stdout, host.stderr], ['{"type":"result"}\n', "to stderr\n"]);
});
