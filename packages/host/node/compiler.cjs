// SPDX-License-Identifier: MIT
//
// The request `build`: compiles the migrations of all members with the workspace's own compiler, into
// each member's staging folder. Never throws for what is wrong in a member: that is its `errors`.
"use strict";

const fs = require("node:fs");
const path = require("node:path");
const { createRequire } = require("node:module");
const { HostError, messageOf } = require("./error_report.cjs");
const { EsbuildCompiler } = require("./esbuild_compiler.cjs");
const { TypescriptCompiler } = require("./typescript_compiler.cjs");

// The option packages:"external" came with 0.16.5; older ones would bundle node_modules.
const OLDEST_ESBUILD = [0, 16, 5];

function isAtLeast(version, oldest) {
  const numbers = version.split(/[.-]/).map(Number);
  const differing = oldest.findIndex((each, index) => numbers[index] !== each);
  return differing === -1 || numbers[differing] > oldest[differing];
}

/** Loads a package from the first of the folders that has an acceptable version of it. */
function findPackage(name, folders, isAcceptable) {
  for (const folder of folders) {
    try {
      const found = createRequire(path.join(folder, "package.json"))(name);
      if (isAcceptable(found)) {
        return found;
      }
    } catch {
      // The next folder may have it.
    }
  }
  return null;
}

/** What the compilers have in common to say about a source and its place. */
class MemberBuild {
  constructor(member) {
    this.member = member;
    // Node resolves symbolic links before it reads a source map, so the map is made for the real place.
    this.final = realPlace(member.output || member.staging);
    this.packageJson = path.join(member.root, "package.json");
    // The inputs that every output of this member has.
    this.commonInputs = fs.existsSync(this.packageJson) ? [this.packageJson] : [];
    this.directories = new Set();
    this.outputs = [];
    this.errors = [];
    this.warnings = [];
  }

  sourceOf(file) {
    return path.join(this.member.source, file);
  }

  outputOf(file) {
    return file.replace(/\.[cm]?[jt]s$/, ".js");
  }

  /** Two sources for one output: either could win, so neither does. */
  checkOutputs() {
    const sources = new Map();
    for (const file of this.member.files) {
      const output = this.outputOf(file);
      const other = sources.get(output);
      if (other !== undefined) {
        this.fail(this.sourceOf(file), `'${other}' and '${file}' are both built to '${output}'`);
      }
      sources.set(output, file);
    }
  }

  fail(file, text) {
    this.errors.push({ file, line: 0, column: 0, length: 0, lineText: "", text });
  }

  /** Synchronous: for thousands of small files that is much faster than a promise for each. */
  write(file, code, map) {
    const output = this.outputOf(file);
    const target = path.join(this.member.staging, output);
    const directory = path.dirname(target);
    if (!this.directories.has(directory)) {
      fs.mkdirSync(directory, { recursive: true });
      this.directories.add(directory);
    }
    fs.writeFileSync(target, code);
    fs.writeFileSync(`${target}.map`, map);
    return output;
  }

  /** In a package of ES modules, Node takes .js for one; this says that ours are CommonJS. */
  markCommonJs() {
    let type;
    try {
      type = JSON.parse(fs.readFileSync(this.packageJson, "utf8")).type;
    } catch {
      return [];
    }
    if (type !== "module") {
      return [];
    }
    const target = path.join(this.member.staging, "package.json");
    fs.writeFileSync(target, '{"type": "commonjs"}\n');
    return [{ output: "package.json", inputs: [this.packageJson] }];
  }

  result() {
    const failed = this.errors.length > 0;
    return {
      name: this.member.name,
      outputs: failed ? [] : this.outputs,
      extras: this.outputs.length === 0 || failed ? [] : this.markCommonJs(),
      errors: this.errors,
      warnings: this.warnings,
    };
  }
}

function realPlace(directory) {
  try {
    return fs.realpathSync(directory);
  } catch {
    const parent = path.dirname(directory);
    return parent === directory ? directory : path.join(realPlace(parent), path.basename(directory));
  }
}

function chooseCompiler(folders) {
  const typescript = () => findPackage("typescript", folders, (ts) => Boolean(ts.transpileModule));
  const esbuild = findPackage("esbuild", folders, (each) => isAtLeast(each.version, OLDEST_ESBUILD));
  if (esbuild) {
    return new EsbuildCompiler(esbuild, typescript);
  }
  const ts = typescript();
  if (ts) {
    return new TypescriptCompiler(ts);
  }
  throw new HostError(
    "compiler-missing",
    `no compiler: neither 'esbuild' (${OLDEST_ESBUILD.join(".")} or later) nor 'typescript' was ` +
      `found from ${[...new Set(folders)].join(", ")}`,
  );
}

async function buildMember(compiler, member) {
  const build = new MemberBuild(member);
  build.checkOutputs();
  if (build.errors.length === 0 && member.files.length > 0) {
    try {
      await compiler.compile(build);
    } catch (error) {
      build.fail(member.source, `${compiler.label} failed: ${messageOf(error)}`);
    }
  }
  return build.result();
}

async function build({ root, members }) {
  const compiler = chooseCompiler([root, ...members.map((member) => member.root)]);
  try {
    const built = await Promise.all(members.map((member) => buildMember(compiler, member)));
    return { compiler: compiler.label, members: built };
  } finally {
    await compiler.stop();
  }
}

module.exports = { build };
