// SPDX-License-Identifier: MIT
//
// The truth about lowering: runs every migration of some folders with the real TypeORM, up and then
// down again, and compares what its logger saw with what was recorded, statement by statement.
//
//   node lowering.cjs URL BUILT_FOLDER RECORDED_FOLDER [BUILT_FOLDER RECORDED_FOLDER]...
//
// Prints one line for each direction: "equal NAME up 3", "dynamic NAME up REASON", "differs NAME up ...",
// or, where the real migration itself fails, "fails NAME down 3" if what it had sent until then is the same.
"use strict";

const fs = require("node:fs");
const { createRequire } = require("node:module");
const path = require("node:path");

const requireOfShop = createRequire(path.join(process.cwd(), "package.json"));
const { DataSource } = requireOfShop("typeorm");
const { prepareValue } = createRequire(requireOfShop.resolve("typeorm"))("pg/lib/utils");

const [url, ...folders] = process.argv.slice(2);
let sent = null;

const ignore = () => {};
const logger = {
  logQuery(sql, parameters) {
    if (sent) {
      const values = parameters && parameters.length > 0 ? Array.from(parameters, prepareValue) : null;
      sent.push({ sql, parameters: values });
    }
  },
  logQueryError: ignore,
  logQuerySlow: ignore,
  logSchemaBuild: ignore,
  logMigration: ignore,
  log: ignore,
};

function collect() {
  const found = [];
  for (let i = 0; i < folders.length; i += 2) {
    for (const file of fs.readdirSync(folders[i + 1]).filter((name) => name.endsWith(".lowered.json"))) {
      const built = path.join(folders[i], file.replace(/\.lowered\.json$/, ".js"));
      const { migrations } = JSON.parse(fs.readFileSync(path.join(folders[i + 1], file), "utf8"));
      const classes = Object.values(require(built)).filter((value) => typeof value === "function");
      for (const recorded of migrations) {
        const instance = classes.map((Class) => new Class()).find((candidate) =>
          [candidate.name, candidate.constructor.name].includes(recorded.name));
        found.push({ ...recorded, instance, timestamp: parseInt(recorded.name.slice(-13), 10) });
      }
    }
  }
  return found.sort((a, b) => a.timestamp - b.timestamp);
}

/** Runs one direction in a transaction; gives what it sent, and its error. */
async function runReally(source, migration, direction) {
  const runner = source.createQueryRunner();
  await runner.startTransaction();
  let error = null;
  sent = [];
  try {
    await migration.instance[direction](runner);
  } catch (reason) {
    error = reason;
  }
  const statements = sent;
  sent = null;
  try {
    await runner.query("SELECT 1"); // an error that was swallowed shows here
    await (error ? runner.rollbackTransaction() : runner.commitTransaction());
  } catch (reason) {
    error = error || reason;
    await runner.rollbackTransaction();
  }
  await runner.release();
  return { statements, error };
}

const text = (statement) => JSON.stringify([statement.sql, statement.parameters || null]);

/** The program along the way that the real run took: a question's answer shows in what comes next. */
function differs(program, statements, failed) {
  if (program.length === 0) {
    return statements.length === 0 ? null : `also sends ${text(statements[0])}`;
  }
  if (statements.length === 0) {
    return failed ? null : `does not send ${text(program[0])}`;
  }
  const [node, ...rest] = program;
  // Recorded questions ask about current_schema(), where TypeORM writes the name it connected with.
  const asked = node.yes ? node.sql.replaceAll("current_schema()", "'public'") : node.sql;
  if (text({ ...node, sql: asked }) !== text(statements[0])) {
    return `${text(statements[0])} is not ${text(node)}`;
  }
  const after = statements.slice(1);
  if (!node.yes) {
    return differs(rest, after, failed);
  }
  return differs(node.yes, after, failed) && differs(node.no, after, failed);
}

async function check(source, migration, direction) {
  const { statements, error } = await runReally(source, migration, direction);
  const recorded = migration[direction];
  const label = `${migration.name} ${direction}`;
  if (!recorded.program) {
    console.log(`dynamic ${label} ${recorded.reason}`);
    return !error;
  }
  const difference = differs(recorded.program, statements, Boolean(error));
  if (difference) {
    console.log(`differs ${label} ${difference}`);
  } else {
    console.log(`${error ? "fails" : "equal"} ${label} ${statements.length}`);
  }
  return !error;
}

async function main() {
  const source = new DataSource({ type: "postgres", url, entities: [], logger, logging: "all" });
  await source.initialize();
  await source.query('CREATE EXTENSION IF NOT EXISTS "uuid-ossp"');
  const done = [];
  for (const migration of collect()) {
    if (await check(source, migration, "up")) {
      done.unshift(migration);
    }
  }
  for (const migration of done) {
    await check(source, migration, "down");
  }
  await source.destroy();
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
