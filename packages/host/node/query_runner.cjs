// SPDX-License-Identifier: MIT
//
// Gives QueryRunners of the TypeORM that a migration itself would load, connected to the parent.
"use strict";

const fs = require("node:fs");
const path = require("node:path");
const { createRequire } = require("node:module");
const { HostError } = require("./error_report.cjs");

/** Finds a package from the first of several folders (or files) that has it. */
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

/** Without source maps: those of TypeORM and pg are big, and nobody steps into them. */
function loadQuietly(file) {
  const mapped = process.sourceMapsEnabled ?? process.execArgv.includes("--enable-source-maps");
  process.setSourceMapsEnabled(false);
  try {
    return createRequire(file)(file);
  } finally {
    process.setSourceMapsEnabled(mapped);
  }
}

class QueryRunners {
  constructor(bridge) {
    this.bridge = bridge;
    this.sources = new Map();
    this.sites = new WeakMap();
  }

  /** A fresh, released by the caller, QueryRunner; `inTransaction` as if it had begun one itself. */
  async create({ member, typeormFrom = [], schema = null, inTransaction = false }) {
    const source = this.dataSource(member, typeormFrom, schema);
    if (!(source.isInitialized ?? source.isConnected)) {
      await (source.initialize ? source.initialize() : source.connect());
    }
    const runner = source.createQueryRunner("master");
    if (inTransaction) {
      // What startTransaction() leaves behind; from here on it issues savepoints.
      runner.isTransactionActive = true;
      if (runner.transactionDepth !== undefined) {
        runner.transactionDepth = 1;
      }
    }
    this.rememberCallSites(runner);
    return runner;
  }

  /** Loads TypeORM for runners that are created later: that takes most of the time. */
  prepare({ member, typeormFrom = [], schema = null }) {
    this.dataSource(member, typeormFrom, schema);
  }

  dataSource(member, typeormFrom, schema) {
    const folders = [member.root, ...typeormFrom];
    const places = folders.map((folder) => path.join(folder, "package.json"));
    const file = resolveFrom(places, "typeorm");
    if (!file) {
      throw new HostError(
        "typeorm-missing",
        `the package 'typeorm' was not found from ${folders.join(", ")}; install it there`,
      );
    }
    const key = JSON.stringify([file, schema]);
    let source = this.sources.get(key);
    if (!source) {
      source = this.createSource(file, places, schema);
      this.sources.set(key, source);
    }
    return source;
  }

  createSource(file, places, schema) {
    const pgFile = resolveFrom([fs.realpathSync(file), ...places], "pg");
    if (!pgFile) {
      throw new HostError("pg-missing", `the package 'pg' was not found from ${file}; install it`);
    }
    const pg = this.bridge.moduleLike(loadQuietly(pgFile));
    const typeorm = loadQuietly(file);
    const DataSource = typeorm.DataSource || typeorm.Connection;
    const source = new DataSource({
      type: "postgres",
      driver: pg,
      schema: schema ?? undefined,
      entities: [],
      migrations: [],
      subscribers: [],
      logging: false,
      synchronize: false,
      migrationsRun: false,
      dropSchema: false,
    });
    // TypeORM 0.2 has no option `driver`.
    source.driver.postgres = pg;
    return source;
  }

  /** Compiled generators leave no trace of the migration in an error, so keep where each call began. */
  rememberCallSites(runner) {
    const { sites } = this;
    const query = runner.query;
    Object.defineProperty(runner, "query", {
      configurable: true,
      writable: true,
      enumerable: false,
      value(...args) {
        const site = new Error("call site");
        return query.apply(this, args).catch((error) => {
          if (error && typeof error === "object" && !sites.has(error)) {
            sites.set(error, site);
          }
          throw error;
        });
      },
    });
  }

  callSiteOf(error) {
    return error && typeof error === "object" ? this.sites.get(error) : undefined;
  }
}

module.exports = { QueryRunners };
