// SPDX-License-Identifier: MIT
//
// The request `run`: one up() or down(), from loading its file to the last answer it waited for;
// and `prepare`, which comes before it.
"use strict";

const { HostError, reportError } = require("./error_report.cjs");
const { instanceOf, nameOf } = require("./migration_class.cjs");
const { loader } = require("./module_loader.cjs");
const { QueryRunners } = require("./query_runner.cjs");
const { positionOf, positionOfCallSite } = require("./source_position.cjs");

class MigrationRun {
  constructor(bridge) {
    this.bridge = bridge;
    this.runners = new QueryRunners(bridge);
    this.previous = null;
  }

  /** Does beforehand what the first run of that member would have to wait for. */
  async prepare(params) {
    this.runners.prepare(params);
    return {};
  }

  async run(params, task) {
    const { member, file, export: name = null, direction } = params;
    const where = { root: member.root, file };
    if (task.late.length > 0) {
      throw this.lateFailure(task.late.splice(0)[0]);
    }
    const instance = await this.load(where, name, task);
    if (typeof instance[direction] !== "function") {
      throw new HostError("migration-failed", `'${nameOf(instance)}' has no ${direction}()`, { file });
    }
    const run = this.bridge.beginRun();
    const failures = [];
    this.previous = { where, name: nameOf(instance) };
    let runner;
    try {
      runner = await task.watch(this.runners.create(params));
      run.setup = false;
      // An async function, so that an up() that throws at once is no different from one that rejects.
      const call = async () => instance[direction](runner);
      await task.watch(call());
      await task.watch(this.bridge.idle());
    } catch (error) {
      failures.push(error);
    }
    run.open = false;
    await this.settle(runner);
    // What else failed came of the first failure; without one, it is work that nobody awaited.
    failures.push(...task.missed.splice(0));
    if (failures.length > 0) {
      throw this.failure(failures[0], where, `${nameOf(instance)}'s ${direction}()`);
    }
    return {};
  }

  async load(where, name, task) {
    try {
      const { exports: exported } = await task.watch(loader.load(where.file));
      return instanceOf(exported, name);
    } catch (error) {
      const report = reportError(error, { code: "module-load-failed", where });
      throw hostErrorLike({ file: where.file, ...report });
    }
  }

  /** Every query gets its answer before the next request, whatever became of the migration. */
  async settle(runner) {
    await this.bridge.idle();
    await Promise.all([process.stdout, process.stderr].map(flushed));
    if (runner && !runner.isReleased) {
      await runner.release();
    }
  }

  /** Its migration has been answered for, but the transaction may still be open: so fail the next. */
  lateFailure(error) {
    const { where, name } = this.previous || {};
    const report = reportError(error, { code: "migration-failed", where });
    const message = `work that '${name ?? "a module"}' left behind failed later: ${report.message}`;
    return hostErrorLike({ ...report, message });
  }

  failure(error, where, what) {
    if (error instanceof HostError) {
      if (error.code !== "never-settles") {
        return error;
      }
      return new HostError(
        "never-settles",
        `the promise of ${what} never settles: nothing is left to wait for`,
        { file: where.file },
      );
    }
    const queryId = this.bridge.queryIdOf(error);
    const code = queryId === null ? "migration-failed" : "query-failed";
    const report = reportError(error, { code, where });
    const site = this.runners.callSiteOf(error) || this.runners.callSiteOf(error && error.cause);
    const position = (site && positionOfCallSite(site, where)) || positionOf(error, where);
    return hostErrorLike({ ...report, ...(queryId === null ? {} : { queryId }), ...position });
  }
}

/** What was printed is out before the answer is, so that the parent can tell whose it was. */
function flushed(stream) {
  if (stream.writableLength === 0) {
    return undefined;
  }
  return new Promise((resolve) => stream.write("", () => resolve()));
}

/** Carries a finished report through the dispatcher. */
function hostErrorLike({ code, message, ...details }) {
  const error = new HostError(code, message);
  error.details = details;
  return error;
}

module.exports = { MigrationRun };
