// SPDX-License-Identifier: MIT
//
// What migrations really send: runs all of some folders with the real TypeORM, oldest first, and after
// each `up` its `down`, which is then rolled back.
//
//   node directions.cjs URL BUILT_FOLDER...
//
// Prints a JSON array of { name, up, down }: statements as { sql, parameters }; null for a direction that
// fails.
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
  const found = new Map();
  for (const folder of folders) {
    for (const file of fs.readdirSync(folder).filter((name) => name.endsWith(".js"))) {
      for (const Class of Object.values(require(path.join(folder, file)))) {
        if (typeof Class === "function" && typeof Class.prototype?.up === "function") {
          const migration = new Class();
          const name = migration.name || Class.name;
          found.set(name, { name, migration, timestamp: parseInt(name.slice(-13), 10) });
        }
      }
    }
  }
  return [...found.values()].sort((a, b) => a.timestamp - b.timestamp);
}

/** Runs one direction in a transaction; gives what it sent, or null if it fails. */
async function run(source, migration, direction, keep) {
  const runner = source.createQueryRunner();
  await runner.startTransaction();
  sent = [];
  let statements = null;
  try {
    await migration[direction](runner);
    statements = sent;
    sent = null;
    await runner.query("SELECT 1"); // an error that was swallowed shows here
  } catch {
    statements = null;
  }
  sent = null;
  await (keep && statements ? runner.commitTransaction() : runner.rollbackTransaction());
  await runner.release();
  return statements;
}

async function main() {
  const source = new DataSource({ type: "postgres", url, entities: [], logger, logging: "all" });
  await source.initialize();
  await source.query('CREATE EXTENSION IF NOT EXISTS "uuid-ossp"');
  const results = [];
  for (const { name, migration } of collect()) {
    const up = await run(source, migration, "up", true);
    results.push({ name, up, down: up && (await run(source, migration, "down", false)) });
  }
  await source.destroy();
  console.log(JSON.stringify(results));
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
