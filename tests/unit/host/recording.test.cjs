// SPDX-License-Identifier: MIT
"use strict";

const assert = require("node:assert/strict");
const path = require("node:path");
const { test } = require("node:test");
const { sharedHost } = require("./support/host_process.cjs");
const { Workspace, missing } = require("./support/workspace.cjs");

const host = sharedHost();

function migration(body, { head = "", name = "M1700000000000" } = {}) {
  return `${head}\nexports.M = class ${name} {\n${body}\n};\n`;
}

async function record(workspace, files, more = {}) {
  const modules = [files].flat().map((file) => ({ file: workspace.path(file) }));
  const { typeormFrom = [], limitMs, ...ofMember } = more;
  const members = [{ member: workspace.member, modules, ...ofMember }];
  const [part] = await host.parts("record", { typeormFrom, cwd: workspace.root, limitMs, members });
  return part.modules;
}

async function recordOne(t, body, { packages = [], head, ...more } = {}) {
  const workspace = new Workspace(t, packages);
  workspace.write("m.js", migration(body, { head }));
  const [recorded] = await record(workspace, "m.js", more);
  return { workspace, recorded, ...recorded.migrations[0] };
}

test("both directions of a migration become programs with their places", async (t) => {
  const { workspace, name, export: exported, up, down } = await recordOne(
    t,
    `async up(q) {\n await q.query("one");\n await q.query("two");\n}\nasync down(q) { await q.query("three") }`,
  );
  const file = workspace.path("m.js");
  assert.deepEqual([name, exported], ["M1700000000000", "M"]);
  assert.deepEqual(up, {
    lowered: true,
    program: [
      { sql: "one", params: null, file, line: 4, column: 10 },
      { sql: "two", params: null, file, line: 5, column: 10 },
    ],
    files: [],
    packages: [],
  });
  assert.deepEqual(
    down.program.map((each) => each.sql),
    ["three"],
  );
});

test("the places are those of the TypeScript source", { skip: missing("esbuild") }, async (t) => {
  const workspace = new Workspace(t, ["esbuild"]);
  const source = workspace.write(
    "src/migrations/a.ts",
    `interface Unused { a: number }
export class A1700000000000 {
  async up(q: any): Promise<void> {
    await q.query("one")
    await q.query(\`\${Date.now()}\`)
  }
  async down(q: any): Promise<void> {
    await q.query("two")
  }
}
`,
  );
  await workspace.build(host, ["a.ts"]);
  const [{ migrations }] = await record(workspace, "dist/a.js");
  const { up, down } = migrations[0];
  assert.deepEqual(up.reason, {
    code: "clock",
    message: "asks the clock (Date.now)",
    file: source,
    line: 5,
    column: 27,
  });
  assert.deepEqual(down.program, [{ sql: "two", params: null, file: source, line: 8, column: 13 }]);
});

test("parameters are those that pg would send", { skip: missing("typeorm", "pg") }, async (t) => {
  const { up } = await recordOne(
    t,
    `async up(q) {
       await q.query("one", ["text", 1.5, true, null, undefined, { a: [1] }, ["x", "y\\"z"], Buffer.from("ab"), 12n]);
       await q.query("two", []);
     }`,
    { packages: ["typeorm", "pg"] },
  );
  assert.deepEqual(
    up.program.map((each) => each.params),
    [
      [
        { text: "text" },
        { text: "1.5" },
        { text: "true" },
        null,
        null,
        { text: '{"a":[1]}' },
        { text: '{"x","y\\"z"}' },
        { bytes: "YWI=" },
        { text: "12" },
      ],
      null,
    ],
  );
  assert.equal(up.packages.length, 1);
});

test("what a migration reads and loads in its member are inputs", async (t) => {
  const workspace = new Workspace(t);
  workspace.write("data/one.sql", "from a file");
  workspace.write("lib/two.js", `module.exports = require("./two.json").text`);
  workspace.write("lib/two.json", `{ "text": "from a module" }`);
  workspace.write(
    "m.js",
    migration(`async up(q) {
      await q.query(require("fs").readFileSync("./data/one.sql", "utf8"));
      await q.query(require("./lib/two"));
    }`),
  );
  const [{ migrations }] = await record(workspace, "m.js");
  const { up } = migrations[0];
  assert.deepEqual(
    up.program.map((each) => each.sql),
    ["from a file", "from a module"],
  );
  assert.deepEqual(
    up.files,
    ["data/one.sql", "lib/two.js", "lib/two.json"].map((file) => workspace.path(file)),
  );
});

test("a link that leads out of the member is not read", async (t) => {
  const workspace = new Workspace(t);
  const other = new Workspace(t);
  require("node:fs").symlinkSync(other.write("secret.sql", "secret"), workspace.path("link.sql"));
  workspace.write("m.js", migration(`async up(q) { await q.query(require("fs").readFileSync("link.sql", "utf8")) }`));
  const [{ migrations }] = await record(workspace, "m.js");
  assert.equal(migrations[0].up.reason.code, "file");
});

test("a question is asked of the database of the run, whatever its schema", { skip: missing("typeorm", "pg") }, async (t) => {
  const { up } = await recordOne(t, `async up(q) { if (await q.hasTable("a")) await q.query("one") }`, {
    packages: ["typeorm", "pg"],
  });
  const [{ ask, yes, no }] = up.program;
  assert.deepEqual(ask, {
    sql: `SELECT * FROM "information_schema"."tables" WHERE "table_schema" = current_schema() AND "table_name" = 'a'`,
    params: null,
  });
  assert.deepEqual([yes.map((each) => each.sql), no], [["one"], []]);
  assert.deepEqual(
    up.packages.map((file) => path.basename(path.dirname(file))),
    ["typeorm"],
  );
});

test("one that hangs, ends or fills its process does not keep the others", async (t) => {
  const workspace = new Workspace(t);
  const bodies = {
    "good.js": `async up(q) { await q.query("good") }`,
    "hangs.js": `async up() { for (;;) {} } async down(q) { await q.query("down") }`,
    "fills.js": `async up() { const all = []; for (;;) all.push(new Array(1e6).fill(all.length)) }`,
    "ends.js": `async up() { process.exit(0) }`,
  };
  for (const [file, body] of Object.entries(bodies)) {
    workspace.write(file, migration(body));
  }
  workspace.write("load.js", "for (;;) {}");
  const recorded = await record(workspace, [...Object.keys(bodies), "load.js"], { limitMs: 300 });
  const ups = recorded.map(({ migrations, reason }) => reason?.code ?? migrations[0].up.reason?.code ?? "lowered");
  assert.deepEqual(ups.slice(0, 2), ["lowered", "timeout"]);
  assert.ok(["crash", "timeout"].includes(ups[2]), ups[2]);
  assert.deepEqual(ups.slice(3), ["process", "timeout"]);
  assert.deepEqual(
    recorded[1].migrations[0].down.program.map((each) => each.sql),
    ["down"],
  );
});

test("a module that cannot be loaded has a reason of its own", async (t) => {
  const workspace = new Workspace(t);
  workspace.write("throws.js", `\nthrow new Error("not today");`);
  workspace.write("syntax.js", `exports.M = class {`);
  workspace.write("reads.js", `exports.M = class M1 { up() {} };\nprocess.env.X;`);
  const recorded = await record(workspace, ["throws.js", "syntax.js", "reads.js"]);
  assert.deepEqual(
    recorded.map(({ migrations, reason }) => [migrations, reason.code, path.basename(reason.file)]),
    [
      [[], "throws", "throws.js"],
      [[], "throws", "syntax.js"],
      [[], "environment", "reads.js"],
    ],
  );
  assert.equal(recorded[0].reason.message, "fails while it is recorded: not today");
  assert.deepEqual([recorded[0].reason.line, recorded[2].reason.line], [2, 2]);
});

test("all migrations of a file are recorded", async (t) => {
  const workspace = new Workspace(t);
  const classes = ["A", "B"].map((each) => `exports.${each} = class ${each}1700000000000 { async up(q) { await q.query("${each}") } };`);
  workspace.write("m.js", classes.join("\n"));
  const [{ migrations }] = await record(workspace, "m.js");
  assert.deepEqual(
    migrations.map(({ name, up, down }) => [name, up.program[0].sql, down.reason.code]),
    [
      ["A1700000000000", "A", "no-method"],
      ["B1700000000000", "B", "no-method"],
    ],
  );
});

test("a recorder that waits keeps nothing else alive", { skip: missing("typeorm", "pg") }, async (t) => {
  const { workspace } = await recordOne(t, `async up(q) { await new Promise(() => {}) }`, {
    packages: ["typeorm", "pg"],
  });
  const error = await host.error("run", workspace.runOf("m.js", "M"));
  assert.equal(error.code, "never-settles");
});

test("what a migration would write while it is recorded is not written", async (t) => {
  const { workspace, up } = await recordOne(
    t,
    `async up(q) {
       const write = () => require("fs").writeFileSync(__dirname + "/written", "x");
       try { write() } catch {}
       await null;
       Promise.resolve().then(write);
     }`,
  );
  assert.equal(up.reason.code, "file");
  assert.equal(require("node:fs").existsSync(workspace.path("written")), false);
});

test("nothing to record needs no process", async (t) => {
  assert.deepEqual(await record(new Workspace(t), []), []);
});

test("members are recorded side by side, each is a part of the answer, and none waits for one that hangs", async (t) => {
  const workspace = new Workspace(t);
  const bodies = ['await q.query("one")', "for (;;) {}", 'await q.query("three")'];
  const members = bodies.map((body, index) => {
    const root = path.join(workspace.root, `member-${index}`);
    // Together enough for more processes than one.
    const modules = Array.from({ length: 20 }, (_, file) => ({
      file: workspace.write(
        `member-${index}/m${file}.js`,
        migration(`async up(q) { ${file === 0 ? body : 'await q.query("same")'} }\nasync down(q) {}`),
      ),
    }));
    return { member: { name: `member-${index}`, root }, modules };
  });
  const parts = await host.parts("record", { typeormFrom: [], cwd: workspace.root, limitMs: 500, members });
  assert.deepEqual(parts.map(({ index }) => index).sort(), [0, 1, 2]);
  const [one, hanging, three] = [0, 1, 2].map((wanted) => parts.find(({ index }) => index === wanted));
  const first = ({ modules }) => modules[0].migrations[0].up;
  assert.equal(first(one).program[0].sql, "one");
  assert.equal(first(hanging).reason.code, "timeout");
  assert.equal(first(three).program[0].sql, "three");
  for (const { modules } of parts) {
    assert.equal(modules.length, 20);
    assert.ok(modules.slice(1).every((each) => each.migrations[0].up.program[0].sql === "same"));
  }
});
