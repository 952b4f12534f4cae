"use strict";

const assert = require("node:assert/strict");
const { test } = require("node:test");
const { defaultAnswer, sharedHost } = require("./support/host_process.cjs");
const { Workspace, missing } = require("./support/workspace.cjs");

const options = { skip: missing("typeorm", "pg") };
const shared = sharedHost();

/** Runs `body` with `q`, the QueryRunner, and `c`, its client; what it prints comes back. */
async function run(t, body, onQuery = () => undefined) {
  const workspace = new Workspace(t, ["typeorm", "pg"]);
  workspace.write(
    "m.js",
    `exports.M = class M1700000000000 {
       async up(q) {
         const print = (value) => q.query("print", [JSON.stringify(value)]);
         const c = await q.connect();
         ${body}
       }
     }`,
  );
  const host = shared;
  const before = host.queries.length;
  const isOurs = (query) => query.setup || query.text === "print";
  host.onQuery = (query) => (isOurs(query) ? undefined : onQuery(query)) ?? defaultAnswer(query);
  await host.result("run", workspace.runOf("m.js", "M"));
  const queries = host.queries.slice(before).filter((each) => !each.setup);
  return {
    printed: queries
      .filter((each) => each.text === "print")
      .map((each) => JSON.parse(each.params[0].text)),
    queries: queries.filter((each) => each.text !== "print"),
  };
}

function field(name, oid) {
  return { name, oid, tableOid: 0, column: 0, typmod: -1, size: -1 };
}

test("parameters travel as node-postgres would send them", options, async (t) => {
  const { queries } = await run(
    t,
    `process.env.TZ = "UTC";
     await q.query("select", [null, undefined, 1, 1.5, true, "é'", 10n, new Date(0), [1, null, "a\\"b"],
       { a: [1] }, Buffer.from([0, 255]), { toPostgres: () => "own" }]);
     await q.query("select", []);
     await q.query("select");
     await c.query({ name: "n", text: "named", values: [] });`,
  );
  assert.deepEqual(queries[0].params, [
    null,
    null,
    { text: "1" },
    { text: "1.5" },
    { text: "true" },
    { text: "é'" },
    { text: "10" },
    { text: "1970-01-01T00:00:00.000+00:00" },
    { text: '{"1",NULL,"a\\"b"}' },
    { text: '{"a":[1]}' },
    { bytes: "AP8=" },
    { text: "own" },
  ]);
  assert.deepEqual(queries.slice(1).map((each) => each.params), [null, null, []]);
});

test("values come back as node-postgres parses them", options, async (t) => {
  const fields = [
    field("i", 23),
    field("l", 20),
    field("n", 1700),
    field("b", 16),
    field("t", 1184),
    field("j", 3802),
    field("y", 17),
    field("a", 1007),
    field("s", 25),
  ];
  const row = ["1", "2", "3.50", "t", "2024-01-02 03:04:05+00", '{"a":1}', "\\x00ff", "{1,NULL}", null];
  const { printed } = await run(
    t,
    `await print(await q.query("select"));
     await print((await c.query({ text: "select", rowMode: "array" })).rows);
     const r = await new Promise((resolve) => c.query("select", (error, result) => resolve(result)));
     await print([r.constructor.name, r.command, r.rowCount, r.fields[1]]);`,
    () => ({ results: [{ tag: "SELECT 1", fields, rows: [row] }] }),
  );
  const y = { type: "Buffer", data: [0, 255] };
  const values = [1, "2", "3.50", true, "2024-01-02T03:04:05.000Z", { a: 1 }, y, [1, null], null];
  assert.deepEqual(printed[0], [Object.fromEntries(fields.map((each, i) => [each.name, values[i]]))]);
  assert.deepEqual(printed[1], [values]);
  assert.deepEqual(printed[2].slice(0, 3), ["Result", "SELECT", 1]);
  assert.equal(printed[2][3].dataTypeID, 20);
});

test("several statements give several results, no statement an empty one", options, async (t) => {
  const results = {
    many: [
      { tag: "SELECT 1", fields: [field("a", 23)], rows: [["1"]] },
      { tag: "INSERT 0 2", fields: [], rows: [] },
      { tag: "UPDATE 3", fields: [], rows: [] },
    ],
    empty: [],
    "no columns": [{ tag: "SELECT 2", fields: [], rows: [[], []] }],
  };
  const { printed } = await run(
    t,
    `const all = await c.query("many");
     await print(all.map((r) => [r.command, r.rowCount, r.rows]));
     const none = await c.query("empty");
     await print([none.command, none.rowCount, none.rows]);
     await print((await c.query("no columns")).rows);`,
    ({ text }) => ({ results: results[text] }),
  );
  assert.deepEqual(printed, [
    [["SELECT", 1, [{ a: 1 }]], ["INSERT", 2, []], ["UPDATE", 3, []]],
    [null, null, []],
    [{}, {}],
  ]);
});

test("an error carries every field of the server's", options, async (t) => {
  const error = {
    severity: "ERROR",
    code: "23505",
    message: "duplicate",
    detail: "d",
    hint: "h",
    position: "3",
    internalPosition: "4",
    internalQuery: "iq",
    where: "w",
    schema: "s",
    table: "t",
    column: "c",
    dataType: "dt",
    constraint: "k",
    file: "f.c",
    line: "9",
    routine: "r",
  };
  const { printed } = await run(
    t,
    `for (const values of [undefined, [1]]) {
       await c.query("x", values).catch((e) => print([e.constructor.name, e.name, { message: e.message, ...e }]));
     }
     await c.query("good", [1]);`,
    ({ text }) => (text === "x" ? { error } : undefined),
  );
  assert.equal(printed.length, 2);
  for (const [type, name, { length, name: _, ...fields }] of printed) {
    assert.deepEqual([type, name], ["DatabaseError", "error"]);
    assert.deepEqual(fields, error);
  }
});

test("what the migration itself gets wrong is node-postgres's own error", options, async (t) => {
  const { printed, queries } = await run(
    t,
    `const circle = {}; circle.circle = circle;
     for (const [text, values] of [["select", [circle]], ["select", 7], [5]]) {
       await c.query(text, values).catch((e) => print(e.message.split("\\n")[0]));
     }
     await c.query("after");`,
  );
  assert.deepEqual(printed, [
    "Converting circular structure to JSON",
    "Query values must be an array",
    "A query must have either text or a name. Supplying neither is unsupported.",
  ]);
  assert.deepEqual(queries.map((each) => each.text), ["after"]);
});

test("a second runner and the pool lead to the same parent", options, async (t) => {
  const { queries } = await run(
    t,
    `const other = q.connection.createQueryRunner();
     await other.query("other");
     await other.release();
     await q.connection.query("pooled");
     await q.query("first");`,
  );
  assert.deepEqual(queries.map((each) => each.text), ["other", "pooled", "first"]);
});
