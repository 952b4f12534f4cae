"use strict";

const assert = require("node:assert/strict");
const { test } = require("node:test");
const { defaultAnswer, sharedHost } = require("./support/host_process.cjs");
const { Workspace, missing } = require("./support/workspace.cjs");

const options = { skip: missing("typeorm", "pg") };
const shared = sharedHost();

const SYNTAX_ERROR = {
  severity: "ERROR",
  code: "42601",
  message: 'syntax error at or near "bad"',
  position: "1",
  file: "scan.l",
  line: "1240",
  routine: "scanner_yyerror",
};

function answer(query) {
  return query.text.startsWith("bad") ? { error: SYNTAX_ERROR } : defaultAnswer(query);
}

/** A workspace with one migration, M1700000000000, of the given body; and a host. */
function prepare(t, body, host = shared) {
  const workspace = new Workspace(t, ["typeorm", "pg"]);
  workspace.write(
    "m.js",
    `const { Table } = require("typeorm");\nexports.M = class M1700000000000 {\n${body}\n}`,
  );
  host.onQuery = answer;
  const before = host.queries.length;
  const run = (direction = "up", more = {}) =>
    host.request("run", workspace.runOf("m.js", "M", direction, more));
  const queries = () => host.queries.slice(before).filter((each) => !each.setup);
  const texts = () => queries().map((each) => each.text);
  return { workspace, host, run, queries, texts };
}

test("a migration runs with TypeORM's own QueryRunner", options, async (t) => {
  const { host, run, texts } = prepare(
    t,
    `async up(q) {
       await q.createTable(new Table({ name: "post", columns: [{ name: "id", type: "int", isPrimary: true }] }));
       await q.query("insert into post values ($1)", [7]);
     }
     async down(q) { await q.query("drop table post"); }`,
  );
  assert.deepEqual((await run("up")).value, {});
  assert.deepEqual((await run("down")).value, {});
  assert.deepEqual(texts(), [
    'CREATE TABLE "post" ("id" int NOT NULL, CONSTRAINT "PK_be5fda3aac270b134ff9c21cdee" PRIMARY KEY ("id"))',
    "insert into post values ($1)",
    "drop table post",
  ]);
  // What TypeORM asks to know its server, it asks once for each copy and schema.
  assert.equal(host.queries.filter((each) => each.setup).length, 3);
});

test("what is prepared is loaded, and asks nothing before a migration runs", options, async (t) => {
  const { host, workspace, run, texts } = prepare(t, 'async up(q) { await q.query("select 1"); }');
  const before = host.queries.length;
  const params = workspace.runOf("m.js", "M", "up");
  assert.deepEqual((await host.request("prepare", params)).value, {});
  assert.equal(host.queries.length, before);
  assert.deepEqual((await run("up")).value, {});
  assert.deepEqual(texts(), ["select 1"]);
});

test("a TypeORM that cannot be prepared is an error of its own", options, async (t) => {
  const { host, workspace } = prepare(t, "async up() {}");
  const params = { ...workspace.runOf("m.js", "M", "up"), typeormFrom: [] };
  params.member = { ...params.member, root: "/nonexistent" };
  const answer = await host.request("prepare", params);
  assert.equal(answer.type, "error");
  assert.equal(answer.error.code, "typeorm-missing");
});

test("in a transaction, one that is begun is a savepoint; outside it is one", options, async (t) => {
  const { run, texts } = prepare(
    t,
    `async up(q) {
       if (q.isTransactionActive !== (q.transactionDepth === 1)) throw new Error("inconsistent");
       await q.manager.transaction((manager) => manager.query("inside"));
     }`,
  );
  assert.equal((await run("up")).type, "result");
  assert.deepEqual(texts(), ["SAVEPOINT typeorm_1", "inside", "RELEASE SAVEPOINT typeorm_1"]);
  assert.equal((await run("up", { inTransaction: false })).type, "result");
  assert.deepEqual(texts().slice(3), ["START TRANSACTION", "inside", "COMMIT"]);
});

test("a failing query is named, with the line that issued it", options, async (t) => {
  const { workspace, queries, run } = prepare(t, `async up(q) {\n await q.query("good");\n await q.query("bad");\n}`);
  const { error } = await run();
  const failing = queries().find((each) => each.text === "bad");
  assert.equal(error.code, "query-failed");
  assert.equal(error.queryId, failing.id);
  assert.equal(error.message, SYNTAX_ERROR.message);
  assert.deepEqual([error.file, error.line, error.column], [workspace.path("m.js"), 5, 10]);
  assert.match(error.stack, /QueryFailedError/);
});

test("the line is known also when the code was compiled to generators", options, async (t) => {
  const { run } = prepare(
    t,
    `up(q) {
       const steps = (function* () { yield q.query("good");
         yield q.query("bad"); })();
       const next = (value) => { const step = steps.next(value); return step.done ? value : step.value.then(next); };
       return Promise.resolve().then(next);
     }`,
  );
  const { error } = await run();
  assert.deepEqual([error.code, error.line], ["query-failed", 5]);
});

test("a query that failed is found behind an error that wraps it", options, async (t) => {
  const { run } = prepare(
    t,
    `async up(q) { try { await q.query("bad") } catch (cause) { throw new Error("could not", { cause }) } }`,
  );
  const { error } = await run();
  assert.deepEqual([error.code, error.message, error.cause.message], [
    "query-failed",
    "could not",
    SYNTAX_ERROR.message,
  ]);
});

test("a failing query that the migration handles does not fail it", options, async (t) => {
  const { run } = prepare(
    t,
    `async up(q) {
       const error = await q.query("bad").catch((e) => e);
       if (error.constructor.name !== "QueryFailedError" || error.code !== "42601" ||
           error.driverError.constructor.name !== "DatabaseError" || error.driverError.line !== "1240") throw error;
     }`,
  );
  assert.equal((await run()).type, "result");
});

test("queries that nobody awaits are waited for, and fail the migration if they fail", options, async (t) => {
  const { run, texts } = prepare(
    t,
    `async up(q) { q.query("one").then(() => q.query("two")); q.query("three") }
     async down(q) { q.query("bad") }`,
  );
  assert.equal((await run("up")).type, "result");
  assert.deepEqual(texts().sort(), ["one", "three", "two"]);
  assert.equal((await run("down")).error.code, "query-failed");
});

const FAILURES = [
  ["throws at once", `up() { throw new Error("at once") }`, "migration-failed", /^at once$/],
  ["throws no error", `async up() { throw "text" }`, "migration-failed", /^thrown value: 'text'$/],
  ["throws nothing", `async up() { throw undefined }`, "migration-failed", /^thrown value: undefined$/],
  [
    "throws in a timer",
    `up() { setTimeout(() => { throw new Error("in a timer") }, 1); return new Promise(() => {}) }`,
    "migration-failed",
    /^in a timer$/,
  ],
  [
    "leaves a rejection unhandled",
    `async up() { Promise.reject(new Error("unhandled")) }`,
    "migration-failed",
    /^unhandled$/,
  ],
  [
    "never settles",
    `async up(q) { await q.query("good"); await new Promise(() => {}) }`,
    "never-settles",
    /^the promise of M1700000000000's up\(\) never settles: nothing is left to wait for$/,
  ],
  ["has no such method", `other() {} get up() { return 7 }`, "migration-missing", /'M' is not a migration/],
  [
    "cannot be instantiated",
    `constructor() { throw new Error("no") } up() {}`,
    "migration-failed",
    /'M1700000000000' cannot be instantiated/,
  ],
];

for (const [what, body, code, message] of FAILURES) {
  test(`a migration fails that ${what}, and the next one can run`, options, async (t) => {
    const { workspace, host, run } = prepare(t, body);
    const { error } = await run();
    assert.equal(error.code, code);
    assert.match(error.message, message);
    assert.equal(error.file, workspace.path("m.js"));
    workspace.write("n.js", `exports.N = class N1700000000001 { async up(q) { await q.query("next") } }`);
    await host.result("run", workspace.runOf("n.js", "N"));
  });
}

test("a migration without down() says so", options, async (t) => {
  const { run } = prepare(t, `up() {}`);
  assert.match((await run("down")).error.message, /'M1700000000000' has no down\(\)/);
});

test("after its failure a migration can send no more", options, async (t) => {
  const { workspace, host, run, texts } = prepare(
    t,
    `async up(q) {
       const client = await q.connect();
       setTimeout(() => client.query("too late").catch(() => {}), 20);
       throw new Error("failed");
     }`,
  );
  await run();
  workspace.write(
    "n.js",
    `exports.N = class N1700000000001 { async up() { await new Promise((resolve) => setTimeout(resolve, 60)) } }`,
  );
  await host.result("run", workspace.runOf("n.js", "N"));
  assert.deepEqual(texts(), []);
});

test("what a migration leaves behind and fails later, fails the next run", options, async (t) => {
  const { run } = prepare(
    t,
    `async up() { setTimeout(() => { throw new Error("much later") }, 10) }\nasync down() {}`,
  );
  assert.equal((await run("up")).type, "result");
  await new Promise((resolve) => setTimeout(resolve, 100));
  const { error } = await run("down");
  assert.equal(error.message, "work that 'M1700000000000' left behind failed later: much later");
  assert.equal((await run("down")).type, "result");
});

test("process.exit() ends the host without an answer", options, async (t) => {
  const { run } = prepare(t, `async up() { process.exit(0) }`, new Workspace(t).host());
  await assert.rejects(run(), /the host ended/);
});

test("without typeorm the error says where it was looked for", async (t) => {
  const workspace = new Workspace(t);
  workspace.write("m.js", `exports.M = class M1700000000000 { up() {} }`);
  const params = workspace.runOf("m.js", "M", "up", { typeormFrom: [workspace.path("other")] });
  const error = await shared.error("run", params);
  assert.equal(error.code, "typeorm-missing");
  assert.ok(error.message.includes(workspace.path("other")));
});
