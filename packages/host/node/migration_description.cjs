// SPDX-License-Identifier: MIT
//
// The request `describe`: which migrations are in which built files.
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

async function describe({ modules }, task) {
  const described = [];
  for (const each of modules) {
    try {
      described.push(await task.watch(describeModule(each)));
    } catch (error) {
      const where = { root: each.member && each.member.root, file: each.file };
      described.push({
        file: each.file,
        featureFlag: null,
        migrations: [],
        notes: [],
        error: { file: each.file, ...reportError(error, { code: "module-load-failed", where }) },
      });
    }
  }
  return { modules: described };
}

module.exports = { describe };
