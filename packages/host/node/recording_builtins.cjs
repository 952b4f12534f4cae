// SPDX-License-Identifier: MIT
//
// Node's own modules as a recorded migration has them: what only computes, and of the others nothing.
"use strict";

const path = require("node:path");
const url = require("node:url");
const { look } = require("./recording.cjs");
const { watched } = require("./recording_values.cjs");

const PURE = {
  assert: null,
  "assert/strict": null,
  "path/posix": null,
  querystring: null,
  string_decoder: null,
  "util/types": null,
  buffer: ["Buffer", "constants", "kMaxLength", "atob", "btoa", "isUtf8", "isAscii"],
  crypto: ["createHash", "createHmac", "getHashes", "timingSafeEqual"],
  util: [
    ...["promisify", "callbackify", "inspect", "format", "inherits", "isDeepStrictEqual", "deprecate"],
    ...["types", "TextEncoder", "TextDecoder", "stripVTControlCharacters", "toUSVString"],
    ...["isArray", "isString", "isObject", "isNumber", "isDate", "isFunction"],
  ],
};

const NETWORK = ["dgram", "dns", "http", "http2", "https", "net", "tls"];
const REASONS = {
  child_process: "process",
  cluster: "process",
  crypto: "random",
  fs: "file",
  "fs/promises": "file",
  os: "process",
  perf_hooks: "clock",
  timers: "timer",
  "timers/promises": "timer",
  ...Object.fromEntries(NETWORK.map((name) => [name, "network"])),
};

/** Functions are handed out, because compilers' helpers copy all of a module; to call one is a look. */
function denied(module, key, code) {
  return watched(function () {}, () => look(code, `uses ${module}.${key}`));
}

/** A copy of a module's exports with the named ones as they are. */
function facade(name, exported, allowed, own = {}) {
  const code = REASONS[name] ?? "module";
  const copy = {};
  for (const key of Object.getOwnPropertyNames(exported)) {
    if (key in own || ["length", "name", "prototype", "arguments", "caller"].includes(key)) {
      continue;
    }
    const { value, enumerable } = Object.getOwnPropertyDescriptor(exported, key);
    const isPlain = value === null || (typeof value !== "object" && typeof value !== "function");
    const passes = isPlain ? value !== undefined : allowed === null || allowed.includes(key);
    Object.defineProperty(copy, key, {
      enumerable,
      value: passes ? exported[key] : denied(name, key, code),
    });
  }
  return Object.freeze(Object.assign(copy, own));
}

/** The functions of `path` that would ask for the working directory. */
function pathFunctions(place) {
  const resolve = (...parts) => path.resolve(place.cwd, ...parts);
  return { resolve, relative: (from, to) => path.relative(resolve(from), resolve(to)) };
}

class Builtins {
  constructor(place, files) {
    this.place = place;
    this.files = files;
    this.loaded = new Map();
  }

  /** A module of Node's, by its name without "node:". */
  get(name) {
    if (!this.loaded.has(name)) {
      this.loaded.set(name, this.load(name));
    }
    return this.loaded.get(name);
  }

  load(name) {
    switch (name) {
      case "process":
        return globalThis.process;
      case "console":
        return globalThis.console;
      case "path":
      case "path/posix": {
        const own = pathFunctions(this.place);
        const copy = { ...path, ...own };
        return Object.freeze({ ...copy, posix: copy });
      }
      case "url":
        return facade(name, url, ["URL", "URLSearchParams", "fileURLToPath", "parse", "format", "resolve"], {
          pathToFileURL: (file) => url.pathToFileURL(path.resolve(this.place.cwd, file)),
        });
      case "fs":
      case "fs/promises":
        return this.loadFiles(name);
      default:
        break;
    }
    if (!(name in PURE)) {
      look(REASONS[name] ?? "module", `uses Node's module '${name}'`);
    }
    const exported = require(`node:${name}`);
    // `assert` is a function itself; nothing that it has asks for anything.
    return typeof exported === "function" ? exported : facade(name, exported, PURE[name]);
  }

  loadFiles(name) {
    const own = this.files.functions();
    const promises = facade("fs/promises", require("node:fs/promises"), ["constants"], own.promises);
    if (name === "fs/promises") {
      return promises;
    }
    return facade("fs", require("node:fs"), ["constants"], { ...own, promises });
  }
}

module.exports = { Builtins, facade };
