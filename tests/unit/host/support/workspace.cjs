// SPDX-License-Identifier: MIT
//
// Temporary packages for the tests, with the repository's own node_modules to resolve from.
"use strict";

const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { createRequire } = require("node:module");
const { HostProcess } = require("./host_process.cjs");

const REPOSITORY = path.resolve(__dirname, "../../../..");
const repositoryRequire = createRequire(path.join(REPOSITORY, "package.json"));

/** Looked for by hand, because not every package exports its package.json. */
function packageFolder(name) {
  const folders = repositoryRequire.resolve.paths(name).map((folder) => path.join(folder, name));
  return folders.find((folder) => fs.existsSync(path.join(folder, "package.json"))) ?? null;
}

/** For node:test's `skip`: why a test that needs these packages cannot run, or false. */
function missing(...names) {
  const absent = names.filter((name) => !packageFolder(name));
  return absent.length > 0 && `not installed in the repository: ${absent.join(", ")}`;
}

class Workspace {
  /** `t` is the test, at whose end everything is removed. */
  constructor(t, packages = []) {
    this.root = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "medusa-host-")));
    this.member = { name: "shop", root: this.root };
    t.after(() => fs.rmSync(this.root, { recursive: true, force: true }));
    this.t = t;
    this.write("package.json", '{"name": "shop"}');
    for (const name of packages) {
      const link = this.path("node_modules", name);
      fs.mkdirSync(path.dirname(link), { recursive: true });
      fs.symlinkSync(packageFolder(name), link);
    }
  }

  path(...parts) {
    return path.join(this.root, ...parts);
  }

  write(file, text) {
    fs.mkdirSync(path.dirname(this.path(file)), { recursive: true });
    fs.writeFileSync(this.path(file), text);
    return this.path(file);
  }

  read(file) {
    return fs.readFileSync(this.path(file), "utf8");
  }

  host(options = {}) {
    const host = new HostProcess({ cwd: this.root, ...options });
    this.t.after(() => host.end());
    return host;
  }

  /** The parameters of `build` for the named files of src/migrations. */
  buildOf(files) {
    fs.rmSync(this.path("staging"), { recursive: true, force: true });
    fs.mkdirSync(this.path("staging"));
    const member = {
      ...this.member,
      source: this.path("src/migrations"),
      staging: this.path("staging"),
      output: this.path("dist"),
      files,
    };
    return { root: this.root, members: [member] };
  }

  /** Builds as the parent does: into the staging folder, which then becomes dist. */
  async build(host, files) {
    const { members } = await host.result("build", this.buildOf(files));
    fs.rmSync(this.path("dist"), { recursive: true, force: true });
    fs.renameSync(this.path("staging"), this.path("dist"));
    return members[0];
  }

  async describe(host, ...files) {
    const modules = files.map((file) => ({ file: this.path(file), member: this.member }));
    return host.parts("describe", { modules });
  }

  runOf(file, name, direction = "up", more = {}) {
    return {
      member: this.member,
      typeormFrom: [],
      file: this.path(file),
      export: name,
      direction,
      schema: null,
      inTransaction: true,
      ...more,
    };
  }
}

module.exports = { Workspace, missing, packageFolder };
