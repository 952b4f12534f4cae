// SPDX-License-Identifier: MIT
//
// Loads a built migration file as Medusa does: with require, from the require cache if it is there.
"use strict";

const fs = require("node:fs");
const { createRequire } = require("node:module");
const { pathToFileURL } = require("node:url");
const { types } = require("node:util");

const ESM_NOTE = {
  code: "es-module",
  message: "the file is an ES module, which Medusa's CLI loads on the newest versions of Node only",
};

// Older versions of Node cannot require any ES module, newer ones none that awaits at its top level.
const NEEDS_IMPORT = ["ERR_REQUIRE_ESM", "ERR_REQUIRE_ASYNC_MODULE"];

class ModuleLoader {
  constructor() {
    this.versions = new Map();
  }

  /** Gives {exports, notes}; throws what the module throws. */
  async load(file) {
    const require = createRequire(file);
    const version = this.forgetIfChanged(require, file);
    let exported;
    try {
      exported = require(file);
    } catch (error) {
      if (!error || !NEEDS_IMPORT.includes(error.code)) {
        throw error;
      }
      exported = await import(`${pathToFileURL(file).href}?v=${version}`);
    }
    return { exports: exported, notes: types.isModuleNamespaceObject(exported) ? [ESM_NOTE] : [] };
  }

  /** A file that was built again since it was loaded is loaded again. */
  forgetIfChanged(require, file) {
    const { mtimeMs, size } = fs.statSync(file);
    const version = `${mtimeMs}-${size}`;
    const known = this.versions.get(file);
    if (known !== undefined && known !== version) {
      delete require.cache[require.resolve(file)];
    }
    this.versions.set(file, version);
    return version;
  }
}

// One for describe and run: both must see the same copy of a module, as in one run of Medusa.
module.exports = { ModuleLoader, loader: new ModuleLoader() };
