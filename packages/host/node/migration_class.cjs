// SPDX-License-Identifier: MIT
//
// Finds the migrations among the exports of a file, and reads of each what TypeORM reads.
"use strict";

const { types } = require("node:util");
const { HostError } = require("./error_report.cjs");

const FLAG_EXPORT = "featureFlag";

function hasUp(value) {
  return Boolean(value) && typeof value.up === "function";
}

function isClass(value) {
  return /^class\b/.test(Function.prototype.toString.call(value));
}

/** Classes compiled to functions set their arrow methods on `this`; helper functions do not. */
function assignsUp(value) {
  return /\b_?this\d*\.up\b|["']up["']/.test(Function.prototype.toString.call(value));
}

function instantiate(Class) {
  try {
    return new Class();
  } catch (error) {
    throw new HostError("migration-failed", `'${Class.name}' cannot be instantiated`, {
      cause: error,
    });
  }
}

/** The migration that a class is, as an instance, or null if it is none. */
function asMigration(value) {
  if (typeof value !== "function") {
    return null;
  }
  if (value.prototype && hasUp(value.prototype)) {
    return instantiate(value);
  }
  if (value.prototype && (isClass(value) || assignsUp(value))) {
    const instance = instantiate(value);
    return hasUp(instance) ? instance : null;
  }
  return null;
}

function nameOf(instance) {
  return String(instance.name || instance.constructor.name);
}

function describeInstance(name, instance) {
  const migrationName = nameOf(instance);
  return {
    export: name,
    name: migrationName,
    className: String(instance.constructor.name),
    timestamp: parseInt(migrationName.substr(-13), 10) || null,
    transaction: typeof instance.transaction === "boolean" ? instance.transaction : null,
  };
}

function kindOf(value) {
  if (Array.isArray(value)) {
    return "an array";
  }
  if (typeof value === "function") {
    return isClass(value) ? "a class without up()" : "a function";
  }
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

/** Every exported value once, under its best name. A function's own properties are exports too. */
function exportedValues(exported) {
  const isFunction = typeof exported === "function";
  const names = new Map();
  const twice = [];
  const entries =
    exported !== null && (isFunction || typeof exported === "object")
      ? Object.entries(exported)
      : [];
  const isNamespace = types.isModuleNamespaceObject(exported);
  for (const [name, value] of entries) {
    // Node itself adds this one to an ES module that is loaded with require.
    if (isNamespace && name === "__esModule") {
      continue;
    }
    // Values that are falsy are passed over silently, as Medusa does.
    if (name === FLAG_EXPORT || !value || (isFunction && typeof value !== "function")) {
      continue;
    }
    const known = names.get(value);
    if (known === undefined) {
      names.set(value, name);
      continue;
    }
    twice.push([known, name, value]);
    if (known === "default") {
      names.set(value, name);
    }
  }
  return { names, twice };
}

/** Gives {featureFlag, migrations, notes} of what a module exports. */
function describeExports(exported) {
  const { names, twice } = exportedValues(exported);
  const migrations = [];
  const notes = [];
  const found = new Set();
  for (const [value, name] of names) {
    const instance = asMigration(value);
    if (instance) {
      found.add(value);
      migrations.push(describeInstance(name, instance));
    } else {
      const message = `the export '${name}' is ${kindOf(value)}, not a migration; Medusa's CLI fails on it`;
      notes.push({ code: "not-a-migration", message });
    }
  }
  for (const [first, second, value] of twice.filter((each) => found.has(each[2]))) {
    const message = `'${first}' and '${second}' are one class, '${value.name}'; Medusa's CLI takes it for a duplicate`;
    notes.push({ code: "exported-twice", message });
  }
  const whole = names.has(exported) ? null : asMigration(exported);
  if (whole) {
    migrations.push(describeInstance(null, whole));
    const message = `the file exports with 'module.exports = class', which Medusa's CLI ignores`;
    notes.push({ code: "module-exports-class", message });
  }
  return { featureFlag: featureFlagOf(exported), migrations, notes };
}

function featureFlagOf(exported) {
  const flag = exported === null || exported === undefined ? undefined : exported[FLAG_EXPORT];
  if (flag === undefined) {
    return null;
  }
  if (typeof flag === "string" || (typeof flag === "object" && flag !== null)) {
    return flag;
  }
  throw new HostError(
    "bad-feature-flag",
    "the export 'featureFlag' must be a string, an array of strings or an object",
  );
}

/** The migration under an export's name, null being the module itself. */
function instanceOf(exported, name) {
  const instance = asMigration(name === null ? exported : exported && exported[name]);
  if (!instance) {
    const what = name === null ? "the module itself" : `the export '${name}'`;
    throw new HostError("migration-missing", `${what} is not a migration`);
  }
  return instance;
}

module.exports = { describeExports, instanceOf, nameOf };
