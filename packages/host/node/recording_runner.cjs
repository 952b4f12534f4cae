// SPDX-License-Identifier: MIT
//
// The QueryRunner that a migration gets while it is recorded. Most only use query(), for which nothing
// need be loaded; the others get TypeORM's own, with query() sent to the recording.
"use strict";

const fs = require("node:fs");
const path = require("node:path");
const { createRequire } = require("node:module");
const { look, outside } = require("./recording.cjs");
const { PgBridge } = require("./pg_bridge.cjs");
const { QueryRunners } = require("./query_runner.cjs");
const { changing, watched } = require("./recording_values.cjs");

/** What TypeORM asks its server when it connects: twice different, to see what depends on it. */
const SERVERS = [
  { "version()": "PostgreSQL 13.0", "current_schema()": "public", "current_database()": "medusa_one" },
  {
    "version()": "PostgreSQL 18.0",
    "current_schema()": "medusa_recording",
    "current_database()": "medusa_two",
  },
];

/** Methods of TypeORM that make a boolean of whether one query has rows. */
const QUESTIONS = ["hasTable", "hasColumn", "hasSchema", "hasDatabase", "hasEnumType"];

const SCHEMA_CALL = new RegExp(
  "^(create|drop|rename|add|change|update|clear)" +
    "(Table|Columns?|Index|Indices|ForeignKeys?|PrimaryKeys?|Schema|Database|View" +
    "|(Unique|Check|Exclusion)Constraints?)$",
);

const READS = [
  ...["getTable", "getTables", "getView", "getViews", "getCachedTable", "getCachedView"],
  ...["loadTables", "loadViews", "getDatabases", "getSchemas", "getCurrentDatabase", "getCurrentSchema"],
  ...["getVersion", "stream"],
];
const TRANSACTIONS = ["startTransaction", "commitTransaction", "rollbackTransaction"];
const CONNECTIONS = ["connect", "release"];

function deny(runner, names, code, message) {
  for (const name of names.filter((each) => typeof runner[each] === "function")) {
    define(runner, name, () => look(code, message.replace("%", name)));
  }
}

function define(object, name, value) {
  Object.defineProperty(object, name, { configurable: true, writable: true, value });
}

/** query() as a method that is of no use without its runner, as TypeORM's is. */
function queryOf(recording, isOwner) {
  return function query(sql, params) {
    return (async () => {
      if (!isOwner(this)) {
        look("runner", "calls query() without its runner");
      }
      return recording.send(sql, params);
    })();
  };
}

/** For those who only use query(); anything else needs TypeORM, and so another recording. */
function plainRunner(recording) {
  const query = queryOf(recording, (self) => self === runner);
  const runner = watched(changing, () => recording.needTypeorm(), (key) => (key === "query" ? query : undefined));
  return runner;
}

class TypeormRunners {
  constructor(sharing) {
    this.sharing = sharing;
    this.known = new Set();
    this.servers = SERVERS.map((server) => {
      const bridge = new PgBridge({
        send: (message) => answerSetup(bridge, server, message),
        onOutstandingChange() {},
      });
      return { bridge, runners: new QueryRunners(bridge), schema: server["current_schema()"] };
    });
  }

  /** TypeORM's own runner for a recording, and what the migration sees of it. */
  async create({ member, typeormFrom }, number, recording) {
    const { bridge, runners, schema } = this.servers[number];
    bridge.beginRun();
    const isNew = !this.known.has(JSON.stringify([number, member.root]));
    if (isNew) {
      this.sharing.begin();
    }
    const runner = await runners.create({ member, typeormFrom, inTransaction: true });
    if (isNew) {
      this.known.add(JSON.stringify([number, member.root]));
      this.sharing.end();
    }
    define(runner, "query", (sql, params) => recording.send(sql, params));
    this.askQuestions(runner, recording, schema);
    deny(runner, READS, "reads-database", "reads the structure of the database (%)");
    deny(runner, TRANSACTIONS, "transaction", "controls the transaction itself (%)");
    deny(runner, CONNECTIONS, "runner", "uses its runner's connection (%)");
    return seen(runner, recording);
  }

  askQuestions(runner, recording, schema) {
    // TypeORM writes the schema that is current when it connects; at run time that is asked.
    const own = new RegExp(`("table_schema"|"nspname") = '${schema}'`);
    const normalise = (sql) => sql.replace(own, "$1 = current_schema()");
    for (const name of QUESTIONS.filter((each) => typeof runner[each] === "function")) {
      const question = runner[name];
      define(runner, name, async (...args) => {
        const asking = Object.create(runner);
        define(asking, "query", (sql, params) => recording.send(sql, params, normalise));
        return question.apply(asking, args);
      });
    }
  }
}

function answerSetup(bridge, server, { id, text }) {
  const name = Object.keys(server).find((each) => text.includes(each));
  const results = name
    ? [{ tag: "SELECT 1", fields: [{ name: name.replace("()", ""), oid: 25 }], rows: [[server[name]]] }]
    : [{ tag: "SELECT 0", fields: [], rows: [] }];
  // As from a socket, not before the query is under way.
  queueMicrotask(() => bridge.answer({ type: "rows", id, results }));
}

/** What a migration sees of TypeORM's runner. */
function seen(runner, recording) {
  const manager = watched(
    changing,
    (trap, key) => {
      look(key === "transaction" ? "transaction" : "manager", `uses queryRunner.manager.${String(key)}`);
    },
    (key) => (key === "query" ? managerQuery : undefined),
  );
  const managerQuery = queryOf(recording, (self) => self === manager);
  const query = queryOf(recording, (self) => self === proxy);
  const calls = new Map(Object.entries({ query, manager }));
  const callOf = (key) => {
    const isCall = typeof key === "string" && (SCHEMA_CALL.test(key) || QUESTIONS.includes(key));
    if (!calls.has(key) && isCall && typeof runner[key] === "function") {
      calls.set(key, (...args) => {
        recording.lastSite = recording.positions.here();
        return runner[key](...args);
      });
    }
    return calls.get(key);
  };
  const onLook = (trap, key) => {
    const name = String(key);
    if (TRANSACTIONS.includes(name)) {
      look("transaction", `controls the transaction itself (${name})`);
    }
    if (READS.includes(name)) {
      look("reads-database", `reads the structure of the database (${name})`);
    }
    look("runner", trap === "get" ? `uses queryRunner.${name}` : "looks at the query runner");
  };
  const proxy = watched(changing, onLook, callOf);
  return proxy;
}

/** The parameters of a query as `pg` would send them. */
class Parameters {
  constructor(sharing) {
    this.sharing = sharing;
    this.prepareValues = new Map();
  }

  /** The function that serves one member. */
  wireFor({ member, typeormFrom }) {
    let prepareValue = null;
    return (params) => {
      if (params === undefined || params === null || (Array.isArray(params) && params.length === 0)) {
        return null;
      }
      if (!Array.isArray(params)) {
        look("statement", "gives query() parameters that are not an array");
      }
      prepareValue ??= outside(() => this.load([member.root, ...typeormFrom]));
      return Array.from(params, (value) => wireValue(prepareValue(value)));
    };
  }

  load(folders) {
    const pg = findPackage("pg", folders);
    if (!pg) {
      throw new Error(`the package 'pg' was not found from ${folders.join(", ")}; install it`);
    }
    const file = path.join(path.dirname(pg), "utils.js");
    if (!this.prepareValues.has(file)) {
      this.sharing.begin();
      this.prepareValues.set(file, createRequire(file)(file).prepareValue);
      this.sharing.end();
    }
    return this.prepareValues.get(file);
  }
}

function wireValue(value) {
  if (value === null || value === undefined) {
    return null;
  }
  if (Buffer.isBuffer(value)) {
    return { bytes: value.toString("base64") };
  }
  if (typeof value !== "string") {
    look("statement", "gives query() a parameter that pg cannot send");
  }
  return { text: value };
}

/** The file that a run would load as `typeorm` or `pg`: the latter, as TypeORM finds it. */
function findPackage(name, folders) {
  const places = folders.map((folder) => path.join(folder, "package.json"));
  const typeorm = resolveFrom(places, "typeorm");
  if (name === "typeorm") {
    return typeorm;
  }
  return resolveFrom(typeorm ? [fs.realpathSync(typeorm), ...places] : places, name);
}

function resolveFrom(places, name) {
  for (const place of places) {
    try {
      return createRequire(place).resolve(name);
    } catch {
      // The next place may have it.
    }
  }
  return null;
}

module.exports = { Parameters, TypeormRunners, findPackage, plainRunner };
