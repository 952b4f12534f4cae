"use strict";

const assert = require("node:assert/strict");
const { test } = require("node:test");
const { Workspace } = require("./support/workspace.cjs");

/** Describes one file with the given content. */
async function describe(t, text, file = "m.js") {
  const workspace = new Workspace(t);
  workspace.write(file, text);
  const [described] = await workspace.describe(workspace.host(), file);
  return { ...described, workspace };
}

function codes(notes) {
  return notes.map((note) => note.code);
}

test("every exported class with up() is a migration, named as TypeORM names it", async (t) => {
  const { migrations, notes, featureFlag, error } = await describe(
    t,
    `exports.A = class A1700000000001 { async up() {} };
     exports.B = class B { name = "Named1700000000002"; transaction = false; up = async () => {} };
     exports.C = class NoTimestamp { up() {} };
     exports.D = (function () { function D1700000000004() { this.up = function () {}; } return D1700000000004; })();`,
  );
  assert.equal(error, null);
  assert.equal(featureFlag, null);
  assert.deepEqual(notes, []);
  assert.deepEqual(migrations, [
    { export: "A", name: "A1700000000001", className: "A1700000000001", timestamp: 1700000000001, transaction: null },
    { export: "B", name: "Named1700000000002", className: "B", timestamp: 1700000000002, transaction: false },
    { export: "C", name: "NoTimestamp", className: "NoTimestamp", timestamp: null, transaction: null },
    { export: "D", name: "D1700000000004", className: "D1700000000004", timestamp: 1700000000004, transaction: null },
  ]);
});

test("what is exported besides is skipped with a note, and a helper is not called", async (t) => {
  const { migrations, notes } = await describe(
    t,
    `exports.helper = function helper() { throw new Error("called") };
     exports.arrow = () => 1; exports.list = [1]; exports.object = {}; exports.text = "x"; exports.number = 7;
     exports.zero = 0; exports.empty = ""; exports.nothing = undefined;
     exports.Other = class Other {};`,
  );
  assert.deepEqual(migrations, []);
  assert.deepEqual(codes(notes), Array(7).fill("not-a-migration"));
  assert.match(notes[0].message, /'helper' is a function/);
});

test("'module.exports = class' is one migration, with a note", async (t) => {
  const { migrations, notes } = await describe(
    t,
    `module.exports = class X1700000000000 { static helper = "x"; up() {} }`,
  );
  assert.deepEqual(migrations.map((each) => [each.export, each.name]), [[null, "X1700000000000"]]);
  assert.deepEqual(codes(notes), ["module-exports-class"]);
});

test("one class exported twice is one migration, under its own name", async (t) => {
  const { migrations, notes } = await describe(
    t,
    `class X1700000000000 { up() {} } exports.default = X1700000000000; exports.X1700000000000 = X1700000000000;`,
  );
  assert.deepEqual(migrations.map((each) => each.export), ["X1700000000000"]);
  assert.deepEqual(codes(notes), ["exported-twice"]);
});

test("a feature flag is read, not deleted", async (t) => {
  const text = `exports.featureFlag = ["a", "b"]; exports.X = class X1700000000000 { up() {} }`;
  const { featureFlag, migrations, notes, workspace } = await describe(t, text);
  assert.deepEqual(featureFlag, ["a", "b"]);
  assert.deepEqual([migrations.length, notes.length], [1, 0]);
  const [first, second] = await workspace.describe(workspace.host(), "m.js", "m.js");
  assert.deepEqual(first, second);
});

test("a feature flag of no known kind is an error", async (t) => {
  const { error } = await describe(t, `exports.featureFlag = 7`);
  assert.equal(error.code, "bad-feature-flag");
});

test("a file that cannot be loaded is its own error, with the place", async (t) => {
  const workspace = new Workspace(t);
  workspace.write("syntax.js", `exports.a = 1;\nlet = 1 2;`);
  workspace.write("import.js", `\n  require("./nowhere")`);
  workspace.write("throw.js", `throw new Error("while loading")`);
  workspace.write("later.js", `Promise.reject(new Error("while loading, later"))`);
  workspace.write("constructor.js", `exports.X = class X1700000000000 { constructor() { null.x } up() {} }`);
  workspace.write("good.js", `exports.X = class X1700000000000 { up() {} }`);
  const names = ["syntax", "import", "throw", "later", "constructor", "good"];
  const found = await workspace.describe(workspace.host(), ...names.map((name) => `${name}.js`));
  const places = found.slice(0, 4).map(({ error: { file, line, column } }) => [file, line, column]);
  assert.deepEqual(places, [
    [workspace.path("syntax.js"), 2, 9],
    [workspace.path("import.js"), 2, 3],
    [workspace.path("throw.js"), 1, 7],
    [workspace.path("later.js"), 1, 16],
  ]);
  assert.equal(found[1].error.message, "Cannot find module './nowhere'");
  assert.equal(found[3].error.message, "while loading, later");
  assert.equal(found[4].error.cause.line, 1);
  assert.equal(found[5].error, null);
});

test("an ES module is loaded, with a note", async (t) => {
  const { migrations, notes, featureFlag } = await describe(
    t,
    `export const featureFlag = "x"; export default class X1700000000000 { up() {} }`,
    "m.mjs",
  );
  assert.equal(featureFlag, "x");
  assert.deepEqual(migrations.map((each) => each.export), ["default"]);
  assert.deepEqual(codes(notes), ["es-module"]);
});

test("an ES module that waits for ever does not make the host wait", async (t) => {
  const { error } = await describe(t, `await new Promise(() => {})`, "m.mjs");
  assert.equal(error.code, "never-settles");
});

test("a file that was built again is loaded again", async (t) => {
  const workspace = new Workspace(t);
  const host = workspace.host();
  workspace.write("m.js", `exports.A = class A1700000000001 { up() {} }`);
  await workspace.describe(host, "m.js");
  workspace.write("m.js", `exports.Second = class Second1700000000002 { up() {} }`);
  const [again] = await workspace.describe(host, "m.js");
  assert.equal(again.migrations[0].name, "Second1700000000002");
});

test("a file that ends the process says where, before it does", async (t) => {
  const workspace = new Workspace(t);
  workspace.write("good.js", `exports.X = class X1700000000000 { up() {} }`);
  workspace.write("exit.js", `if (true) {\n  process.exit(3);\n}`);
  const host = workspace.host();
  await assert.rejects(workspace.describe(host, "good.js", "exit.js", "good.js"), /ended \(3\)/);
  const parts = host.messages.filter(({ type }) => type === "part").map(({ value }) => value);
  assert.deepEqual(parts.map(({ file }) => file), [workspace.path("good.js"), workspace.path("exit.js")]);
  assert.equal(parts[0].error, null);
  const { message, file, line } = parts[1].error;
  assert.deepEqual([message, file, line], ["it ends the process, with exit code 3", workspace.path("exit.js"), 2]);
});

test("what a file of many was before one that crashes is known", async (t) => {
  const workspace = new Workspace(t);
  workspace.write("good.js", `exports.X = class X1700000000000 { up() {} }`);
  workspace.write("crash.js", `process.abort()`);
  const host = workspace.host();
  const files = [...Array(2000).fill("good.js"), "crash.js"];
  await assert.rejects(workspace.describe(host, ...files), /ended/);
  assert.equal(host.messages.filter(({ type }) => type === "part").length, 2000);
});
