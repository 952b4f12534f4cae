// SPDX-License-Identifier: MIT
//
// Which tsconfig.json files bear on a source file, and the compiler options that they give.
"use strict";

const fs = require("node:fs");
const path = require("node:path");
const { createRequire } = require("node:module");

/** JSON as tsconfig files are written: with comments and trailing commas. */
function parseJsonc(text) {
  const tokens = /"(?:[^"\\]|\\.)*"|\/\/[^\n]*|\/\*[^]*?\*\//g;
  const bare = text.replace(/^\uFEFF/, "").replace(tokens, (each) => (each[0] === '"' ? each : " "));
  const commas = /"(?:[^"\\]|\\.)*"|,(?=\s*[}\]])/g;
  return JSON.parse(bare.replace(commas, (each) => (each === "," ? "" : each)));
}

function isFile(file) {
  return fs.statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
}

/** The file that `extends` names: a path, or a package's file. */
function extendedFile(from, name) {
  const directory = path.dirname(from);
  if (/^\.{1,2}($|[\\/])/.test(name) || path.isAbsolute(name)) {
    const base = path.resolve(directory, name);
    return [base, `${base}.json`, path.join(base, "tsconfig.json")].find(isFile);
  }
  const require = createRequire(from);
  for (const candidate of [`${name}/tsconfig.json`, `${name}.json`, name]) {
    try {
      return require.resolve(candidate);
    } catch {
      // A package may name it in one of several ways.
    }
  }
  return undefined;
}

class TsConfigs {
  constructor() {
    this.nearest = new Map();
    this.chains = new Map();
  }

  /** {files, options} for a source file; without any tsconfig.json both are empty. */
  for(source) {
    const file = this.nearestFile(path.dirname(source));
    return file ? this.chain(file, []) : { files: [], options: {} };
  }

  nearestFile(directory) {
    if (!this.nearest.has(directory)) {
      const here = ["tsconfig.json", "jsconfig.json"]
        .map((name) => path.join(directory, name))
        .find(isFile);
      const parent = path.dirname(directory);
      this.nearest.set(directory, here ?? (parent === directory ? null : this.nearestFile(parent)));
    }
    return this.nearest.get(directory);
  }

  chain(file, seen) {
    if (seen.includes(file)) {
      return { files: [], options: {} };
    }
    if (!this.chains.has(file)) {
      this.chains.set(file, this.readChain(file, [...seen, file]));
    }
    return this.chains.get(file);
  }

  readChain(file, seen) {
    let config;
    try {
      config = parseJsonc(fs.readFileSync(file, "utf8"));
    } catch {
      // The compiler itself says what is wrong with it.
      return { files: [file], options: {} };
    }
    const parents = [config.extends ?? []].flat().map((name) => extendedFile(file, String(name)));
    const chains = parents.filter(Boolean).map((parent) => this.chain(parent, seen));
    return {
      files: [file, ...chains.flatMap((each) => each.files)],
      options: Object.assign({}, ...chains.map((each) => each.options), config.compilerOptions),
    };
  }
}

module.exports = { TsConfigs, parseJsonc };
