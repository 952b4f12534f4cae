// SPDX-License-Identifier: MIT
//
// The request `describe`: which migrations are in which built files. Each file is answered with a part
// of its own, in order, so that the parent knows which one was being loaded if this process ends.
"use strict";

const { reportError } = require("./error_report.cjs");
const { describeExports } = require("./migration_class.cjs");
const { loader } = require("./module_loader.cjs");

async function describeModule({ file }) {
  const loaded = await loader.load(file);
  const { featureFlag, migrations, notes } = describeExports(loaded.exports);
  // What a module starts while it loads may still fail; it is then this module's error.
  await new Promise((resolve) => setImmediate(resolve));
  return { file, featureFlag, migrations, notes: [...loaded.notes, ...notes], error: null };
}

function withError(module, error) {
  const where = { root: module.member && module.member.root, file: module.file };
  const report = reportError(error, { code: "module-load-failed", where });
  return { file: module.file, featureFlag: null, migrations: [], notes: [], error: { file: module.file, ...report } };
}

async function describe({ modules }, task, flushed) {
  for (const module of modules) {
    // The stack of this event is that of the call of process.exit().
    const onExit = (code) => {
      const error = new Error(`it ends the process, with exit code ${code}`);
      task.part({ ...withError(module, error), isEnd: true });
    };
    process.once("exit", onExit);
    let described;
    try {
      described = await task.watch(describeModule(module));
    } catch (error) {
      described = withError(module, error);
    }
    process.off("exit", onExit);
    task.part(described);
    await flushed();
  }
  return {};
}

module.exports = { describe };
