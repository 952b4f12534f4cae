// SPDX-License-Identifier: MIT
//
// Loads the modules of a recorded migration: the member's own files anew in each set of modules,
// so that what they keep between calls shows, and a few shared packages once.
"use strict";

const fs = require("node:fs");
const path = require("node:path");
const vm = require("node:vm");
const { createRequire, isBuiltin } = require("node:module");
const { Builtins } = require("./recording_builtins.cjs");
const { MemberFiles } = require("./recording_files.cjs");
const { look, outside } = require("./recording.cjs");
const { handlerOf } = require("./recording_values.cjs");

/** Helpers that compilers import instead of writing them into each file; loaded like own files. */
const COMPILER_HELPERS = /^(tslib|@babel\/runtime|@swc\/helpers)(\/|$)/;

/** Constants that migrations of the core use; what else that package has may depend on its surroundings. */
const CONSTANTS_OF = new Map([["@medusajs/utils", /Flag$|^defaultC(ountries|urrencies)$/]]);

/** What migrations use of TypeORM beside the runner that they are given. */
const OF_TYPEORM = /^(Table\w*|View|QueryFailedError|TypeORMError)$/;

const WRAPPER = "(function (exports, require, module, __filename, __dirname) {";
const MODULE_SYNTAX =
  /import statement outside a module|Unexpected token 'export'|import\.meta|await is only valid/;

/** Compiled files and loaded packages: the same for all members and all sets of modules. */
class ModuleSources {
  constructor(positions, sharing) {
    this.positions = positions;
    this.sharing = sharing;
    this.scripts = new Map();
    this.texts = new Map();
    this.shared = new Map();
    this.resolvers = new Map();
    this.folders = new Map();
  }

  /** Before another member: its files are others. */
  clear() {
    this.positions.clear();
    this.scripts.clear();
    this.texts.clear();
    this.resolvers.clear();
    this.folders.clear();
  }

  textOf(file) {
    if (!this.texts.has(file)) {
      this.texts.set(file, outside(() => fs.readFileSync(file, "utf8")));
    }
    return this.texts.get(file);
  }

  /** Finds what a file requires; what it has found it keeps, as Node does. */
  resolverOf(file) {
    if (!this.resolvers.has(file)) {
      this.resolvers.set(file, new Resolver(file));
    }
    return this.resolvers.get(file);
  }

  isOfModules(folder) {
    if (!this.folders.has(folder)) {
      this.folders.set(folder, outside(() => isOfModules(folder)));
    }
    return this.folders.get(folder);
  }

  /** A script is kept as long as its text is the same; `filename` is what its stack traces say. */
  compile(filename, text) {
    const known = this.scripts.get(filename);
    if (known && known.text === text) {
      return known.script;
    }
    const body = text.replace(/^\uFEFF/, "").replace(/^#!.*/, "");
    const script = new vm.Script(`${WRAPPER}${body}\n})`, {
      filename,
      columnOffset: -WRAPPER.length,
      importModuleDynamically() {
        look("module", "imports a module while it runs (import())");
        throw new Error("import() outside a recording");
      },
    });
    this.scripts.set(filename, { text, script });
    return script;
  }

  /** A package of which there is one copy, as in a real run; loading it is not the migration's doing. */
  package(file) {
    if (!this.shared.has(file)) {
      this.sharing.begin();
      this.shared.set(file, outside(() => createRequire(file)(file)));
      this.sharing.end();
    }
    return this.shared.get(file);
  }
}

class Resolver {
  constructor(file) {
    this.require = outside(() => createRequire(file));
    this.found = new Map();
  }

  /** @throws what Node throws when there is no such module. */
  resolve(request) {
    if (!this.found.has(request)) {
      this.found.set(request, outside(() => this.require.resolve(request)));
    }
    return this.found.get(request);
  }
}

/** A copy of a package's exports in which only the `allowed` ones can be asked for. */
function partOf(exported, name, allowed, valueOf = (value) => value) {
  const copy = {};
  const values = new Map();
  for (const key of Object.keys(exported)) {
    const get = () => {
      if (!allowed.test(key)) {
        look("module", `uses ${key} of '${name}'`);
      }
      if (!values.has(key)) {
        values.set(key, valueOf(exported[key]));
      }
      return values.get(key);
    };
    Object.defineProperty(copy, key, { enumerable: true, get });
  }
  return Object.defineProperty(copy, "__esModule", { value: true });
}

/** Of `module`, what compilers write; the rest is Node's own, and not the same for us. */
function moduleSeen(module) {
  const refuse = (trap, key) => look("module", `looks at module.${String(key)}`);
  const seen = ["id", "path", "exports", "filename", "loaded", "require"];
  const handler = handlerOf(refuse, (key) => (seen.includes(key) ? module[key] : undefined));
  const { set, has } = handler;
  handler.set = (target, key, value, receiver) => {
    if (key !== "exports") {
      return set(target, key, value, receiver);
    }
    module.exports = value;
    return true;
  };
  handler.has = (target, key) => seen.includes(key) || has(target, key);
  return new Proxy({}, handler);
}

/** What a recording depends on beside the migration's own file. */
class Inputs {
  constructor() {
    this.files = new Set();
    // The package.json of each package whose content counts; its version stands for it.
    this.packages = new Set();
  }

  addPackageOf(file) {
    outside(() => this.findPackageOf(file));
  }

  findPackageOf(file) {
    let directory = path.dirname(file);
    while (directory !== path.dirname(directory)) {
      const manifest = path.join(directory, "package.json");
      // Those without a name only say which kind of modules a folder has.
      if (fs.existsSync(manifest) && JSON.parse(fs.readFileSync(manifest, "utf8")).name) {
        this.packages.add(manifest);
        return;
      }
      directory = path.dirname(directory);
    }
  }
}

/** Whether Node takes the .js files of a folder for ES modules. */
function isOfModules(directory) {
  const file = path.join(directory, "package.json");
  if (fs.existsSync(file)) {
    try {
      return JSON.parse(fs.readFileSync(file, "utf8")).type === "module";
    } catch {
      return false;
    }
  }
  const parent = path.dirname(directory);
  return parent !== directory && path.basename(directory) !== "node_modules" && isOfModules(parent);
}

/** One set of modules, in which each file is loaded once. */
class Modules {
  constructor(sources, place, inputs) {
    this.sources = sources;
    this.place = place;
    this.inputs = inputs;
    this.builtins = new Builtins(place, new MemberFiles(place, inputs.files));
    this.cache = new Map();
    this.copies = new Map();
  }

  /** The exports of a file; the first one loaded is the migration's, the others are inputs. */
  load(file) {
    const known = this.cache.get(file);
    if (known) {
      return known.exports;
    }
    const text = this.sources.textOf(file);
    if (file.endsWith(".json")) {
      const json = { exports: JSON.parse(text) };
      this.cache.set(file, json);
      return json.exports;
    }
    this.sources.positions.add(file, text);
    const wrapper = this.compile(file, text);
    const module = this.moduleOf(file);
    this.cache.set(file, module);
    const { exports, require, filename, path: directory } = module;
    try {
      wrapper.call(exports, exports, require, moduleSeen(module), filename, directory);
    } catch (error) {
      this.cache.delete(file);
      throw error;
    }
    module.loaded = true;
    return module.exports;
  }

  compile(file, text) {
    if (file.endsWith(".node")) {
      look("module", "is not JavaScript");
    }
    if (file.endsWith(".mjs") || (file.endsWith(".js") && this.sources.isOfModules(path.dirname(file)))) {
      look("es-module", "is an ES module");
    }
    try {
      return this.sources.compile(this.place.shown(file), text).runInThisContext();
    } catch (error) {
      if (MODULE_SYNTAX.test(error.message)) {
        look("es-module", "is an ES module");
      }
      throw error;
    }
  }

  moduleOf(file) {
    const filename = this.place.shown(file);
    const require = this.requireFor(file);
    return { id: filename, path: path.dirname(filename), exports: {}, filename, loaded: false, require };
  }

  requireFor(file) {
    const resolver = this.sources.resolverOf(file);
    const require = (request) => this.require(resolver, request);
    for (const name of ["cache", "main", "extensions"]) {
      Object.defineProperty(require, name, { get: () => look("module", `looks at require.${name}`) });
    }
    require.resolve = (request) => {
      const found = this.resolve(resolver, String(request));
      if (!this.place.contains(found)) {
        look("module", `looks for the module '${request}'`);
      }
      return this.place.shown(found);
    };
    return require;
  }

  resolve(resolver, request) {
    try {
      return resolver.resolve(path.isAbsolute(request) ? this.place.real(request) : request);
    } catch {
      look("module", `needs the module '${request}', which is not found`);
      throw new Error(`Cannot find module '${request}'`);
    }
  }

  require(resolver, request) {
    const name = String(request);
    if (isBuiltin(name)) {
      return this.builtins.get(name.replace(/^node:/, ""));
    }
    const file = this.resolve(resolver, name);
    if (this.place.contains(file)) {
      this.inputs.files.add(file);
      return this.load(file);
    }
    if (COMPILER_HELPERS.test(name) || this.cache.has(file)) {
      this.inputs.addPackageOf(file);
      return this.load(file);
    }
    if (name === "reflect-metadata") {
      return this.sources.package(file);
    }
    if (name === "typeorm") {
      return this.copyOf(file, (exported) => partOf(exported, name, OF_TYPEORM));
    }
    if (CONSTANTS_OF.has(name)) {
      return this.copyOf(file, (exported) => partOf(exported, name, CONSTANTS_OF.get(name), structuredClone));
    }
    look("module", `loads the module '${name}'`);
    throw new Error("a module outside a recording");
  }

  copyOf(file, copy) {
    this.inputs.addPackageOf(file);
    if (!this.copies.has(file)) {
      this.copies.set(file, copy(this.sources.package(file)));
    }
    return this.copies.get(file);
  }
}

module.exports = { Inputs, ModuleSources, Modules };
