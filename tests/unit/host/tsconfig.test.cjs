"use strict";

const assert = require("node:assert/strict");
const { test } = require("node:test");
const { TsConfigs, parseJsonc } = require("../../../packages/host/node/tsconfig.cjs");
const { Workspace } = require("./support/workspace.cjs");

test("comments and trailing commas are no part of the JSON, but of strings", () => {
  const text = '\uFEFF{ // x\n "a": "// no, ]", /* y */ "b": [1, 2, ], }';
  assert.deepEqual(parseJsonc(text), { a: "// no, ]", b: [1, 2] });
});

test("options come from the nearest file and what it extends, the nearest winning", (t) => {
  const workspace = new Workspace(t);
  workspace.write("tsconfig.base.json", '{"compilerOptions": {"target": "es5", "strict": true}}');
  workspace.write("node_modules/shared/strict.json", '{"compilerOptions": {"jsx": "react"}}');
  workspace.write(
    "tsconfig.json",
    '{"extends": ["./tsconfig.base", "shared/strict"], "compilerOptions": {"target": "es2020"}}',
  );
  const { files, options } = new TsConfigs().for(workspace.path("src/migrations/a.ts"));
  assert.deepEqual(options, { target: "es2020", strict: true, jsx: "react" });
  assert.deepEqual(files, [
    workspace.path("tsconfig.json"),
    workspace.path("tsconfig.base.json"),
    workspace.path("node_modules/shared/strict.json"),
  ]);
});

test("files that extend each other come to an end", (t) => {
  const workspace = new Workspace(t);
  workspace.write("tsconfig.json", '{"extends": "./other.json"}');
  workspace.write("other.json", '{"extends": "./tsconfig.json", "compilerOptions": {"strict": true}}');
  const { options } = new TsConfigs().for(workspace.path("a.ts"));
  assert.deepEqual(options, { strict: true });
});
