// SPDX-License-Identifier: MIT
//
// The oracle: runs migrations with the real TypeORM of the shop whose backend is the working folder.
//
//   node typeorm.cjs shop run URL MODE [URL MODE]...   what Medusa collects, on each database
//   node typeorm.cjs shop revert URL COUNT PG_DUMP TO  takes back up to COUNT; after each, dumps the
//                                                      schema to TO/1.sql, TO/2.sql, ... A line
//                                                      "reverted NAME" or "failed MESSAGE" for each.
//   node typeorm.cjs folder FOLDER run URL MODE ...    the files of a folder, without Medusa
"use strict";

const { execFileSync } = require("node:child_process");
const fs = require("node:fs");
const { createRequire } = require("node:module");
const path = require("node:path");

// Standard output is for our answers alone; Medusa's loaders log.
const answer = (line) => process.stdout.write(`${line}\n`);
console.log = console.error;

const backend = process.cwd();
const requireOfShop = createRequire(path.join(backend, "package.json"));
const core = "@medusajs/medusa/dist";

/** As the command `medusa migrations` collects them: with its own code. */
function collectAsMedusa() {
  const { default: getMigrations, getModuleSharedResources } = requireOfShop(
    `${core}/commands/utils/get-migrations.js`,
  );
  const config = requireOfShop(`${core}/loaders/config.js`).default(backend);
  const flags = requireOfShop(`${core}/loaders/feature-flags/index.js`).default(config);
  const { coreMigrations } = getMigrations(backend, flags);
  return coreMigrations.concat(getModuleSharedResources(config, flags).migrations);
}

function collectFolder(folder) {
  const files = fs.readdirSync(folder).filter((name) => name.endsWith(".js"));
  return files.sort().flatMap((name) => Object.values(require(path.join(folder, name))));
}

/** As medusa/dist/loaders/database.js makes it for that command. */
async function open(url, migrations) {
  const { DataSource } = requireOfShop("typeorm");
  const source = new DataSource({
    type: "postgres",
    url,
    extra: {},
    schema: "public",
    entities: [],
    migrations,
    logging: false,
  });
  return source.initialize();
}

async function run(migrations, pairs) {
  for (let i = 0; i < pairs.length; i += 2) {
    const source = await open(pairs[i], migrations);
    const done = await source.runMigrations({ transaction: pairs[i + 1] });
    answer(`applied ${done.length}`);
    await source.destroy();
  }
}

async function revert(migrations, [url, count, pgDump, folder]) {
  const source = await open(url, migrations);
  for (let step = 1; step <= Number(count); step += 1) {
    const rows = await source.query(`SELECT "name" FROM "migrations" ORDER BY "id" DESC LIMIT 1`);
    try {
      await source.undoLastMigration({ transaction: "all" });
    } catch {
      answer(`failed ${rows[0].name}`);
      break;
    }
    answer(`reverted ${rows[0].name}`);
    const dump = execFileSync(pgDump, ["--schema-only", "--no-owner", url]);
    fs.writeFileSync(path.join(folder, `${step}.sql`), dump);
  }
  await source.destroy();
}

async function main([from, ...rest]) {
  const migrations = from === "shop" ? collectAsMedusa() : collectFolder(rest.shift());
  const command = rest.shift();
  await (command === "run" ? run : revert)(migrations, rest);
}

main(process.argv.slice(2)).then(
  () => process.exit(0),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
