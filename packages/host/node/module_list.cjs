// SPDX-License-Identifier: MIT
//
// The request `list_module`: the files of the migrations that a Medusa module runs, in the order of its
// list. Medusa takes them from the package's default export, and each element of `migrations` is what one
// file exports (get-migrations.js of @medusajs/medusa, getInternalModules and getModuleMigrations). We
// ask which files those are, so that each can be described, recorded and run like any other.
"use strict";

const fs = require("node:fs");
const path = require("node:path");
const { createRequire } = require("node:module");
const { HostError, messageOf, reportError } = require("./error_report.cjs");

const NOT_MIGRATIONS = ["default", "featureFlag", "__esModule"];

/** What a file exports beside what Medusa passes over, each value once. */
function valuesOf(exported) {
  if (exported === null || !["object", "function"].includes(typeof exported)) {
    return new Set();
  }
  const entries = Object.entries(exported).filter(([name, value]) => value && !NOT_MIGRATIONS.includes(name));
  return new Set(entries.map(([, value]) => value));
}

function isSame(some, others) {
  return some.size === others.size && [...some].every((value) => others.has(value));
}

/** The package's own loaded modules: those of packages nested in it are not. */
function loadedBelow(root, cache) {
  const isOwn = (file) => {
    const inside = path.relative(root, file).split(path.sep);
    return inside[0] !== ".." && !path.isAbsolute(inside[0]) && !inside.includes("node_modules");
  };
  return Object.keys(cache).filter(isOwn);
}

/**
 * The file that exports what the element has. One that only passes on another file's exports has it
 * among its children.
 */
function fileOf(element, files, cache) {
  const exact = files.find((file) => cache[file].exports === element);
  if (exact) {
    return exact;
  }
  const values = valuesOf(element);
  const candidates = files.filter((file) => values.size > 0 && isSame(valuesOf(cache[file].exports), values));
  const origins = candidates.filter(
    (file) => !cache[file].children.some((child) => candidates.includes(child.filename)),
  );
  return origins.length === 1 ? origins[0] : null;
}

/** MikroORM's migrations collect SQL with addSql(), and have a table of their own. */
function isMikroOrm(element) {
  return [element, ...valuesOf(element)].some(
    (value) => typeof value === "function" && typeof value.prototype?.addSql === "function",
  );
}

function migratesItself(definition) {
  return typeof definition.runMigrations === "function";
}

function listOf(definition, name) {
  if (definition === null || !["object", "function"].includes(typeof definition)) {
    throw new HostError("not-a-module", `'${name}' is no Medusa module: it has no default export`);
  }
  const list = definition.migrations;
  if (Array.isArray(list) && list.length > 0 && !list.some(isMikroOrm)) {
    return list;
  }
  if (Array.isArray(list) ? list.some(isMikroOrm) : migratesItself(definition)) {
    throw new HostError(
      "foreign-migrations",
      `the module '${name}' has migrations of its own kind (MikroORM), not TypeORM's`,
    );
  }
  throw new HostError("no-migrations", `the module '${name}' has no migrations`);
}

async function list({ name, root, from }) {
  const require = createRequire(path.join(from, "package.json"));
  for (const file of loadedBelow(root, require.cache)) {
    delete require.cache[file];
  }
  let definition;
  try {
    definition = require(name).default;
  } catch (error) {
    throw new HostError("module-load-failed", `cannot load the module '${name}': ${messageOf(error)}`);
  }
  const loaded = loadedBelow(root, require.cache);
  const files = listOf(definition, name).map((element, index) => {
    const file = fileOf(element, loaded, require.cache);
    if (!file) {
      const which = `migration ${index + 1} in the list of the module '${name}'`;
      throw new HostError("no-file", `${which} is not what one file of the package exports`);
    }
    return file;
  });
  await new Promise((resolve) => setImmediate(resolve));
  const inputs = [path.join(root, "package.json"), ...loaded].filter((file) => fs.existsSync(file));
  return { files, inputs: [...new Set(inputs)].sort(), error: null };
}

/**
 * Gives {files, inputs, error}: the migrations' files in list order, and every file of the package that
 * the list came from.
 */
async function listModule(params) {
  try {
    return await list(params);
  } catch (error) {
    if (!(error instanceof HostError)) {
      throw error;
    }
    return { files: [], inputs: [], error: reportError(error) };
  }
}

module.exports = { listModule };
