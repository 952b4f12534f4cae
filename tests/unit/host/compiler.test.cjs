"use strict";

const assert = require("node:assert/strict");
const fs = require("node:fs");
const { createRequire } = require("node:module");
const { test } = require("node:test");
const { Workspace, missing } = require("./support/workspace.cjs");

const withEsbuild = { skip: missing("esbuild") };
const withTypescript = { skip: missing("typescript") };
const withBoth = { skip: missing("esbuild", "typescript") };

const DECORATED = `
export function Typed(): any {
  return (target: any, key: string) => { types.push((Reflect as any).getMetadata("design:type", target, key).name) }
}
export const types: string[] = [];
(Reflect as any).metadata = (k: string, v: any) => (target: any, key: string) => { target["meta" + key] = v };
(Reflect as any).getMetadata = (k: string, target: any, key: string) => target["meta" + key];
export class Post {
  @Typed()
  title: string
}
`;

/** Loads a built file and takes its exports as Medusa's CLI does, in strict mode. */
function asMedusa(file) {
  const loaded = createRequire(file)(file);
  const flag = loaded.featureFlag;
  delete loaded.featureFlag;
  return { flag, values: Object.values(loaded), loaded };
}

test("a migration is built with its relative imports, and says what went in", withEsbuild, async (t) => {
  const workspace = new Workspace(t, ["esbuild"]);
  workspace.write("src/models/kind.ts", `export enum Kind { A = "a" }`);
  workspace.write("tsconfig.json", `{"extends": "./base.json"}`);
  workspace.write("base.json", `{}`);
  workspace.write(
    "src/migrations/1700000000001-x.ts",
    `import { Kind } from "../models/kind"
     import type { QueryRunner } from "typeorm"
     export const featureFlag = "some_flag"
     export class X1700000000001 { kind: string = Kind.A; async up(q: QueryRunner) {} }`,
  );
  const built = await workspace.build(workspace.host(), ["1700000000001-x.ts"]);
  assert.deepEqual([built.errors, built.warnings, built.extras], [[], [], []]);
  assert.deepEqual(built.outputs, [
    {
      source: "1700000000001-x.ts",
      output: "1700000000001-x.js",
      inputs: ["src/migrations/1700000000001-x.ts", "src/models/kind.ts", "tsconfig.json", "base.json", "package.json"]
        .map((file) => workspace.path(file)),
    },
  ]);
  const { flag, values, loaded } = asMedusa(workspace.path("dist/1700000000001-x.js"));
  assert.equal(flag, "some_flag");
  assert.deepEqual(values.map((each) => each.name), ["X1700000000001"]);
  assert.equal(new values[0]().kind, "a");
  assert.equal(loaded.__esModule, true);
});

test("a source map leads from the final place to the sources", withEsbuild, async (t) => {
  const workspace = new Workspace(t, ["esbuild"]);
  workspace.write("src/models/boom.ts", `\nexport function boom(): never { throw new Error("x") }`);
  workspace.write("src/migrations/lib/y.ts", `import { boom } from "../../models/boom"\nboom()`);
  const host = workspace.host();
  await workspace.build(host, ["lib/y.ts"]);
  const map = JSON.parse(workspace.read("dist/lib/y.js.map"));
  assert.equal(map.sourcesContent, undefined);
  assert.deepEqual(map.sources.toSorted?.() ?? [...map.sources].sort(), [
    "../../src/migrations/lib/y.ts",
    "../../src/models/boom.ts",
  ]);
  const [{ error }] = await workspace.describe(host, "dist/lib/y.js");
  assert.deepEqual([error.file, error.line], [workspace.path("src/models/boom.ts"), 2]);
});

test("CommonJS sources keep what they export", withEsbuild, async (t) => {
  const workspace = new Workspace(t, ["esbuild"]);
  workspace.write("src/migrations/a.js", `module.exports = class A1700000000001 { up() {} }`);
  workspace.write("src/migrations/b.cjs", `exports.B = class B1700000000002 { up() {} }`);
  workspace.write("src/migrations/c.mjs", `export class C1700000000003 { up() {} }`);
  workspace.write("src/migrations/d.ts", `class D1700000000004 { up() {} }\nexport = D1700000000004`);
  await workspace.build(workspace.host(), ["a.js", "b.cjs", "c.mjs", "d.ts"]);
  const load = (file) => asMedusa(workspace.path("dist", file)).loaded;
  assert.equal(load("a.js").name, "A1700000000001");
  assert.deepEqual(Object.keys(load("b.js")), ["B"]);
  assert.deepEqual(Object.keys(load("c.js")), ["C1700000000003"]);
  assert.equal(load("d.js").name, "D1700000000004");
});

test("errors have their place, and stop their own member only", withEsbuild, async (t) => {
  const workspace = new Workspace(t, ["esbuild"]);
  workspace.write("src/migrations/bad.ts", `// é\nconst é = "é"; let x = ;`);
  workspace.write("src/migrations/good.ts", `export class G1700000000000 { up() {} }`);
  const { root, members } = workspace.buildOf(["bad.ts"]);
  const good = { ...members[0], name: "good", files: ["good.ts"] };
  const built = await workspace.host().result("build", { root, members: [...members, good] });
  assert.match(built.compiler, /^esbuild \d/);
  assert.deepEqual(built.members[0].outputs, []);
  assert.deepEqual(built.members[0].errors, [
    {
      file: workspace.path("src/migrations/bad.ts"),
      line: 2,
      column: 24,
      length: 1,
      lineText: `const é = "é"; let x = ;`,
      text: `Unexpected ";"`,
    },
  ]);
  assert.equal(built.members[1].outputs.length, 1);
});

test("two sources for one output are an error that names both", withEsbuild, async (t) => {
  const workspace = new Workspace(t, ["esbuild"]);
  workspace.write("src/migrations/a.ts", "export {}");
  workspace.write("src/migrations/a.js", "");
  const built = await workspace.build(workspace.host(), ["a.ts", "a.js"]);
  assert.match(built.errors[0].text, /'a\.ts' and 'a\.js' are both built to 'a\.js'/);
});

test("in a package of ES modules the output is marked as CommonJS", withEsbuild, async (t) => {
  const workspace = new Workspace(t, ["esbuild"]);
  workspace.write("package.json", `{"type": "module"}`);
  workspace.write("src/migrations/a.ts", `export class A1700000000000 { up() {} }`);
  const host = workspace.host();
  const built = await workspace.build(host, ["a.ts"]);
  assert.deepEqual(built.extras, [{ output: "package.json", inputs: [workspace.path("package.json")] }]);
  const [described] = await workspace.describe(host, "dist/a.js");
  assert.equal(described.migrations[0].name, "A1700000000000");
  assert.deepEqual(described.notes, []);
});

test("without a compiler the error says which ones were looked for", async (t) => {
  const workspace = new Workspace(t);
  const error = await workspace.host().error("build", workspace.buildOf([]));
  assert.equal(error.code, "compiler-missing");
  assert.match(error.message, /neither 'esbuild'.*nor 'typescript'/);
  assert.ok(error.message.includes(workspace.root));
});

function decoratedWorkspace(t, packages) {
  const workspace = new Workspace(t, packages);
  const options = `{"experimentalDecorators": true, "emitDecoratorMetadata": true, "target": "es2020"}`;
  workspace.write("tsconfig.json", `{"compilerOptions": ${options}}`);
  workspace.write("src/models/post.ts", DECORATED);
  workspace.write(
    "src/migrations/a.ts",
    `import { Post, types } from "../models/post"\nnew Post()\nexport class A1700000000000 { up() {}; types = types }`,
  );
  return workspace;
}

test("decorator metadata without typescript is an error at the decorator", withEsbuild, async (t) => {
  const workspace = decoratedWorkspace(t, ["esbuild"]);
  const built = await workspace.build(workspace.host(), ["a.ts"]);
  const [error] = built.errors;
  assert.deepEqual([error.file, error.line, error.column], [workspace.path("src/models/post.ts"), 9, 3]);
  assert.match(error.text, /emitDecoratorMetadata.*npm install --save-dev typescript/);
});

test("decorator metadata is emitted by typescript, within esbuild's bundle", withBoth, async (t) => {
  const workspace = decoratedWorkspace(t, ["esbuild", "typescript"]);
  const built = await workspace.build(workspace.host(), ["a.ts"]);
  assert.deepEqual(built.errors, []);
  const { values } = asMedusa(workspace.path("dist/a.js"));
  assert.deepEqual(new values[0]().types, ["String"]);
  const { sources } = JSON.parse(workspace.read("dist/a.js.map"));
  assert.ok(sources.includes("../src/models/post.ts"));
});

test("typescript alone builds each file, and warns of imports it leaves outside", withTypescript, async (t) => {
  const workspace = new Workspace(t, ["typescript"]);
  workspace.write("src/migrations/a.ts", `import "./b"\nimport "../x"\nexport const featureFlag = "f"\nexport class A1700000000000 { async up(): Promise<void> {} }`);
  workspace.write("src/migrations/b.mjs", `export const b = 1`);
  workspace.write("src/migrations/c.cjs", `module.exports = class C { up() {} }`);
  workspace.write("src/x.js", "");
  workspace.write("x.js", "");
  const built = await workspace.build(workspace.host(), ["a.ts", "b.mjs", "c.cjs"]);
  assert.deepEqual(built.errors, []);
  assert.deepEqual(built.warnings.map((each) => [each.line, each.column]), [[2, 8]]);
  const { flag, values } = asMedusa(workspace.path("dist/a.js"));
  assert.deepEqual([flag, values.map((each) => each.name)], ["f", ["A1700000000000"]]);
  assert.equal(asMedusa(workspace.path("dist/c.js")).loaded.name, "C");
  assert.deepEqual(JSON.parse(workspace.read("dist/a.js.map")).sources, ["../src/migrations/a.ts"]);
  assert.ok(fs.existsSync(workspace.path("dist/b.js")));
});
