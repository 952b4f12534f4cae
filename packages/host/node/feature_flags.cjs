// SPDX-License-Identifier: MIT
//
// The request `flags`: the feature flags that the installed Medusa core knows, with their defaults.
"use strict";

const fs = require("node:fs");
const path = require("node:path");
const { createRequire } = require("node:module");
const { HostError } = require("./error_report.cjs");

/** Medusa's own notion: of strings only "true" is true. */
function isTruthy(value) {
  return typeof value === "string" ? value.toLowerCase() === "true" : Boolean(value);
}

function flagFiles(directory) {
  if (!fs.existsSync(directory)) {
    return [];
  }
  return fs
    .readdirSync(directory)
    .filter((name) => name.endsWith(".js") && name !== "index.js" && !name.startsWith("."))
    .sort((a, b) => a.localeCompare(b, "en"))
    .map((name) => path.join(directory, name));
}

function flags({ core }) {
  const byKey = new Map();
  for (const file of flagFiles(path.join(core, "dist", "loaders", "feature-flags"))) {
    let settings;
    try {
      settings = createRequire(file)(file).default;
    } catch (error) {
      throw new HostError("module-load-failed", `a feature flag of Medusa cannot be loaded`, {
        file,
        cause: error,
      });
    }
    if (settings) {
      const { key, default_val: value, env_key: env } = settings;
      byKey.set(key, { key, default: isTruthy(value), env: env ?? null });
    }
  }
  return { flags: [...byKey.values()] };
}

module.exports = { flags };
