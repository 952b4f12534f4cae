// SPDX-License-Identifier: MIT
//
// What some migrations really send: runs all that Medusa collects, with the real TypeORM of the shop whose
// backend is the working folder, each with a QueryRunner of its own, and keeps what TypeORM's logger saw.
//
//   node sent.cjs URL NAME...
//
// Prints one JSON object: of each name the statements of its up(), `sql` and, if there are any, `parameters`.
"use strict";

const { createRequire } = require("node:module");
const path = require("node:path");

// Standard output is for our answer alone; Medusa's loaders log.
const answer = (line) => process.stdout.write(`${line}\n`);
console.log = console.error;

const backend = process.cwd();
const requireOfShop = createRequire(path.join(backend, "package.json"));
const { DataSource } = requireOfShop("typeorm");
const { prepareValue } = createRequire(requireOfShop.resolve("typeorm"))("pg/lib/utils");
const core = "@medusajs/medusa/dist";
const [url, ...names] = process.argv.slice(2);
let sent = null;

const ignore = () => {};
const logger = {
  logQuery(sql, parameters) {
    if (sent) {
      sent.push(parameters && parameters.length > 0 ? { sql, parameters: Array.from(parameters, prepareValue) } : { sql });
    }
  },
  logQueryError: ignore,
  logQuerySlow: ignore,
  logSchemaBuild: ignore,
  logMigration: ignore,
  log: ignore,
};

/** As the command `medusa migrations` collects them: with its own code. */
function collect() {
  const { default: getMigrations } = requireOfShop(`${core}/commands/utils/get-migrations.js`);
  const config = requireOfShop(`${core}/loaders/config.js`).default(backend);
  const flags = requireOfShop(`${core}/loaders/feature-flags/index.js`).default(config);
  return getMigrations(backend, flags).coreMigrations;
}

async function runOne(source, migration) {
  const runner = source.createQueryRunner();
  await runner.startTransaction();
  sent = [];
  await migration.up(runner);
  const statements = sent;
  sent = null;
  await runner.commitTransaction();
  await runner.release();
  return statements;
}

async function main() {
  const source = new DataSource({
    type: "postgres", url, schema: "public", entities: [], migrations: collect(), logger, logging: "all",
  });
  await source.initialize();
  const nameOf = (migration) => migration.name || migration.constructor.name;
  const timestampOf = (migration) => parseInt(nameOf(migration).slice(-13), 10);
  const result = {};
  for (const migration of [...source.migrations].sort((a, b) => timestampOf(a) - timestampOf(b))) {
    const statements = await runOne(source, migration);
    if (names.includes(nameOf(migration))) {
      result[nameOf(migration)] = statements;
    }
  }
  await source.destroy();
  answer(JSON.stringify(result));
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
