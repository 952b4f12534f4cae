// SPDX-License-Identifier: MIT
//
// A migration that asks for every kind of value and writes what it got to $PROBE_FILE. Run by medusa
// and by TypeORM itself it must write the same.
"use strict";

const fs = require("node:fs");
const util = require("node:util");

const binary = Buffer.from([0, 1, 39, 92, 127, 128, 255]);
const uuid = "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11";
const date = new Date(Date.UTC(2024, 1, 29, 12, 34, 56, 789));

const PREPARE = `
  CREATE TYPE probe_mood AS ENUM ('sad', 'it''s "ok"', 'happy');
  CREATE TYPE probe_pair AS (n integer, t text);
  CREATE DOMAIN probe_positive AS integer CHECK (VALUE > 0);
  CREATE TABLE probe_item (
    id serial PRIMARY KEY, code text NOT NULL UNIQUE, mood probe_mood, amount probe_positive,
    data jsonb, made timestamptz NOT NULL DEFAULT '2024-01-01 00:00:00+00'
  );
  CREATE FUNCTION probe_fail() RETURNS void LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'no %', 'way' USING DETAIL = 'd', HINT = 'h', ERRCODE = 'ZZ001'; END $$;
  CREATE FUNCTION probe_inner() RETURNS void LANGUAGE plpgsql AS $$ BEGIN EXECUTE 'SELECT 1 +'; END $$
`;

/** [statement, parameters]; every one is sent with a savepoint around it. */
const PROBES = [
  // What comes back, type by type.
  ["SELECT 1::int2 a, '-2147483648'::int4 b, 9223372036854775807::int8 c, 7::oid d"],
  ["SELECT 1.10::numeric a, 'NaN'::numeric b, 1e400::numeric::text c, 12.34::money::text d"],
  ["SELECT 0.1::float4 a, 0.1::float8 b, 'Infinity'::float8 c, '-0'::float8 d, 'NaN'::float8 e"],
  ["SELECT true a, false b, NULL::bool c"],
  ["SELECT 'x'::text a, 'x'::char(3) b, 'x'::varchar c, 'x'::name d, 'x'::\"char\" e, ''::text f"],
  ["SELECT '2024-02-29'::date a, '0044-03-15 BC'::date b, 'infinity'::date c"],
  ["SELECT '2024-02-29 12:34:56.789012'::timestamp a, '2024-02-29 12:34:56+02'::timestamptz b"],
  ["SELECT 'infinity'::timestamptz a, '-infinity'::timestamp b, '12:34:56.7'::time c, '12:34+02'::timetz d"],
  ["SELECT '1 year 2 mons -3 days 04:05:06.789'::interval a, '0'::interval b"],
  [`SELECT '{"a": [1, null, "x"], "b": {}}'::json a, '{"b": 1.50, "a": "é"}'::jsonb b, 'null'::jsonb c`],
  ["SELECT '\\x0001275c7f80ff'::bytea a, ''::bytea b"],
  ["SELECT '(1.5,-2)'::point a, '<(1,2),3>'::circle b, '((1,2),(3,4))'::box c"],
  ["SELECT 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid a, '192.168.0.1/24'::inet b, '08:00:2b:01:02:03'::macaddr c"],
  ["SELECT 'happy'::probe_mood a, ROW(1, 'a \"b\", c')::probe_pair b, 5::probe_positive c"],
  ["SELECT '[1,5)'::int4range a, '{[1,2],[3,4]}'::int4multirange b, B'101' c, 'a b'::tsvector d"],
  ["SELECT ARRAY[1, NULL, 3] a, ARRAY[9223372036854775807] b, ARRAY[1.50, NULL] c, ARRAY[0.5::float8] d"],
  ["SELECT ARRAY[true, false] a, ARRAY['a', NULL, '', 'NULL', 'x\"y\\z,{'] b, ARRAY[[1, 2], [3, 4]] c"],
  ["SELECT ARRAY['2024-02-29'::date] a, ARRAY['2024-02-29 01:02:03+00'::timestamptz] b, ARRAY['1 day'::interval] c"],
  [`SELECT ARRAY['{"a": 1}'::json] a, ARRAY['{"a": 1}'::jsonb] b, ARRAY['\\x00ff'::bytea] c, ARRAY['(1,2)'::point] d`],
  ["SELECT ARRAY['happy', 'sad']::probe_mood[] a, ARRAY[ROW(1, 'x')::probe_pair] b, '{}'::int[] c"],
  ["SELECT '[2:3]={7,8}'::int[] a, ARRAY['a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid] b"],
  ["SELECT 'žluťoučký 🐎\n\t\\ '' \" \u2028' AS \"a \"\"b\"\" é\""],
  ["SELECT 1 AS same, 2 AS same"],
  ["SELECT repeat('xyz', 300000) AS long"],
  ["SELECT n, n * n AS square, CASE WHEN n % 2 = 0 THEN 'even' END AS parity FROM generate_series(1, 3000) n"],
  ["SELECT"],
  ["SELECT 1 AS a WHERE false"],
  ["SELECT FROM generate_series(1, 3)"],
  [""],
  ["-- nothing"],
  // What a command answers.
  ["INSERT INTO probe_item (code, mood) VALUES ('a', 'sad'), ('b', 'happy'), ('c', NULL)"],
  ["INSERT INTO probe_item (code) VALUES ('d') RETURNING *"],
  ["UPDATE probe_item SET amount = 3 WHERE code > 'a'"],
  ["UPDATE probe_item SET amount = 4 WHERE code > 'b' RETURNING code, amount"],
  ["UPDATE probe_item SET amount = 5 WHERE false"],
  ["DELETE FROM probe_item WHERE code = 'd' RETURNING code"],
  ["DELETE FROM probe_item WHERE code = 'c'"],
  ["INSERT INTO probe_item (code) VALUES ('a') ON CONFLICT DO NOTHING"],
  ["WITH gone AS (DELETE FROM probe_item WHERE code = 'b' RETURNING code) SELECT * FROM gone"],
  ["VALUES (1, 'a'), (2, 'b')"],
  ["TABLE probe_item"],
  ["EXPLAIN (COSTS OFF) SELECT 1"],
  ["SHOW server_encoding"],
  ["SET LOCAL statement_timeout = '1h'"],
  ["CREATE TABLE probe_made AS SELECT 1 AS n"],
  ["COMMENT ON TABLE probe_made IS 'x'"],
  ["CREATE VIEW probe_view AS SELECT * FROM probe_made"],
  ["DO $$ BEGIN RAISE NOTICE 'COMMIT is a word here'; END $$"],
  ["SELECT 1 AS a; SELECT 'two' AS b, NULL AS c; UPDATE probe_item SET amount = 1; SELECT 1 WHERE false"],
  ["INSERT INTO probe_item (code) VALUES ('m') RETURNING id > 0 AS ok; DELETE FROM probe_item WHERE code = 'm'"],
  ["COPY (SELECT n FROM generate_series(1, 1000) n) TO STDOUT"],
  ["COPY (SELECT 1) TO STDOUT; SELECT 2 AS after"],
  // What goes in.
  ["SELECT $1::text a, $2::text b, $3::text c", ["it's", null, undefined]],
  ["SELECT $1::text a, $2::int b, $3::float8 c, $4::numeric d", ["", -7, 0.1, 1e21]],
  ["SELECT $1::text a, $2::int8 b, $3::text c", [NaN, 12345678901234567890n % 10n ** 18n, -0]],
  ["SELECT $1::bool a, $2::text b, $3::bool[] c", [true, false, [true, false, null]]],
  ["SELECT $1::timestamptz a, $2::date b, $3::text c, $4::timestamptz[] d", [date, date, date, [date]]],
  ["SELECT $1::bytea a, $2::bytea b, $3::bytea[] c", [binary, Buffer.alloc(0), [binary, null]]],
  ["SELECT $1::bytea a, $2::bytea b", [new Uint8Array([1, 2, 3]), new DataView(new Uint8Array([9, 0, 8]).buffer, 1)]],
  ["SELECT $1::text a, $2::int a, $3::json c", [Buffer.from("žá\n\\x41"), Buffer.from([0, 0, 1, 0]), Buffer.from('{"a": 1}')]],
  ["SELECT $1::int[] a, $2::text[] b, $3::int[] c", [[1, null, 3], ["a", 'x"y\\z,{ }', "", null, "NULL"], [[1, 2], [3, 4]]]],
  ["SELECT $1::int[] a, $2::int8[] b", [[], [1n, 2n]]],
  ["SELECT $1::jsonb a, $2::json b, $3::jsonb c", [{ a: [1, { b: null }], d: date }, {}, JSON.stringify([1, "x"])]],
  ["SELECT $1::jsonb[] a, $2::text b", [[{ a: 1 }, { b: "x,y" }], { toPostgres: () => "own" }]],
  ["SELECT $1::probe_mood a, $2::uuid b, $3::point c, $4::interval d", ["sad", uuid, "(1,2)", "1 day 2 hours"]],
  ["SELECT $2 || $1 || $2 AS a", ["x", "y"]],
  ["SELECT 'žluťoučký' = $1 AS same, $1::text AS a", ["žluťoučký"]],
  ["SELECT length($1) AS n", ["é".repeat(400000)]],
  ["SELECT 1 AS n", []],
  ["INSERT INTO probe_item (code, data, made) VALUES ($1, $2, $3) RETURNING code, data, made", ["p", { x: 1 }, date]],
  ["SELECT count(*) FROM probe_item WHERE code = ANY($1)", [["a", "p"]]],
  // What is refused.
  ["SELECT 1 / 0"],
  ["SELECT žluť FROM probe_item"],
  ["SELEC 1"],
  ["INSERT INTO probe_item (code) VALUES ('a')"],
  ["INSERT INTO probe_item (code, amount) VALUES ('z', -1)"],
  ["INSERT INTO probe_item (code) VALUES (NULL)"],
  ["INSERT INTO probe_item (code, mood) VALUES ('z', $1)", ["furious"]],
  ["SELECT probe_fail()"],
  ["SELECT probe_inner()"],
  ["SELECT 1 AS a; SELECT 2 AS b; SELECT 1 / 0"],
  ["SELECT 1; SELECT 2", [1]],
  ["SELECT $1::int", []],
  ["SELECT $1::int", [1, 2]],
  ["SELECT $1::int", [Buffer.from([1])]],
  ["SELECT $1::text", ["a\0b"]],
  ["SELECT 'a\0b'"],
  ["CREATE INDEX CONCURRENTLY probe_index ON probe_item (data)"],
  ["VACUUM probe_item"],
];

const ERROR_FIELDS = [
  ..."name message code severity detail hint position internalPosition internalQuery".split(" "),
  ..."schema table column dataType constraint routine".split(" "),
];

function inspect(value) {
  const text = util.inspect(value, { depth: null, maxArrayLength: null, maxStringLength: 200 });
  return `${typeof value}: ${text}`;
}

function inspectError(error) {
  const { query, parameters, driverError = {} } = error;
  const fields = ERROR_FIELDS.map((name) => [name, driverError[name]]);
  return inspect({ name: error.name, message: error.message, query, parameters, fields });
}

exports.ProbeResults1700000000001 = class ProbeResults1700000000001 {
  async up(queryRunner) {
    const report = [];
    await queryRunner.query(PREPARE);
    for (const [text, parameters] of PROBES) {
      for (const structured of [false, true]) {
        report.push(`--- ${text.slice(0, 200)} ${structured ? "(structured)" : ""}`);
        await queryRunner.startTransaction();
        try {
          report.push(inspect(await queryRunner.query(text, parameters, structured)));
          // The second round starts from where the first one did.
          await (structured ? queryRunner.commitTransaction() : queryRunner.rollbackTransaction());
        } catch (error) {
          report.push(inspectError(error));
          await queryRunner.rollbackTransaction();
        }
      }
    }
    fs.writeFileSync(process.env.PROBE_FILE, `${report.join("\n")}\n`);
  }

  async down() {}
};
