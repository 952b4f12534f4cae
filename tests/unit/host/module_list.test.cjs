"use strict";

const assert = require("node:assert/strict");
const fs = require("node:fs");
const { test } = require("node:test");
const { Workspace, missing, packageFolder } = require("./support/workspace.cjs");

const SETUP = `exports.__esModule = true; exports.Setup1700000000002 = class Setup1700000000002 { async up() {} };`;
const MORE = `exports.More1700000000001 = class More1700000000001 { async up() {} };`;

/** A package in node_modules with these files; main is dist/index.js. */
function addModule(workspace, files) {
  workspace.write("node_modules/m/package.json", '{"name": "m", "version": "1.0.0", "main": "dist/index.js"}');
  for (const [file, text] of Object.entries(files)) {
    workspace.write(`node_modules/m/dist/${file}`, text);
  }
}

const definition = (fields) => `exports.__esModule = true; exports.default = { ${fields} };`;

function ask(workspace, host, name = "m") {
  const root = fs.realpathSync(workspace.path("node_modules", name));
  return host.result("list_module", { name, root, from: workspace.root });
}

async function list(t, files) {
  const workspace = new Workspace(t);
  addModule(workspace, files);
  const answer = await ask(workspace, workspace.host());
  const inside = (file) => file.slice(workspace.path("node_modules/m/").length);
  return { ...answer, files: answer.files.map(inside), inputs: answer.inputs.map(inside) };
}

test("the files are those of the definition's list, in its order", async (t) => {
  const { files, inputs, error } = await list(t, {
    "index.js": definition(`migrations: [require("./a-setup"), require("./b-more")].reverse()`),
    "a-setup.js": SETUP,
    "b-more.js": MORE,
    "c-unlisted.js": `exports.Unlisted1700000000003 = class { async up() {} };`,
  });
  assert.equal(error, null);
  assert.deepEqual(files, ["dist/b-more.js", "dist/a-setup.js"]);
  assert.deepEqual(inputs, ["dist/a-setup.js", "dist/b-more.js", "dist/index.js", "package.json"]);
});

test("a copy of what a file exports leads to that file, past files that pass it on", async (t) => {
  const { files } = await list(t, {
    "index.js": definition(`migrations: [{ ...require("./barrel"), default: {} }]`),
    "barrel.js": `Object.assign(exports, require("./more"));`,
    "more.js": MORE,
  });
  assert.deepEqual(files, ["dist/more.js"]);
});

test("what the package installs beside itself is not an input", async (t) => {
  const { inputs } = await list(t, {
    "index.js": `require("nested"); ${definition(`migrations: [require("./more")]`)}`,
    "more.js": MORE,
    "node_modules/nested/index.js": "",
  });
  assert.deepEqual(inputs, ["dist/index.js", "dist/more.js", "package.json"]);
});

test("a module that changed is loaded again", async (t) => {
  const workspace = new Workspace(t);
  const host = workspace.host();
  addModule(workspace, { "index.js": definition(`migrations: [require("./more")]`), "more.js": MORE });
  assert.equal((await ask(workspace, host)).files.length, 1);
  const both = definition(`migrations: [require("./more"), require("./setup")]`);
  addModule(workspace, { "index.js": both, "setup.js": SETUP });
  assert.equal((await ask(workspace, host)).files.length, 2);
});

test("why a module's migrations are not known", async (t) => {
  const cases = {
    "module-load-failed": { "index.js": `throw new Error("broken")` },
    "not-a-module": { "index.js": `exports.service = class {}` },
    "no-migrations": { "index.js": definition(`service: class {}, migrations: []`) },
    // As @medusajs/product and @medusajs/pricing export themselves.
    "foreign-migrations": { "index.js": definition(`service: class {}, runMigrations: async () => {}`) },
    "no-file": { "index.js": definition(`migrations: [{ A1700000000000: class { async up() {} } }]`) },
  };
  for (const [code, files] of Object.entries(cases)) {
    const { error, files: found } = await list(t, files);
    assert.equal(error?.code, code);
    assert.match(error.message, /'m'/);
    assert.deepEqual(found, []);
  }
});

test("MikroORM's migrations are told apart by what they inherit", async (t) => {
  const { error } = await list(t, {
    "index.js": definition(`migrations: [require("./setup")]`),
    "setup.js": `class Migration { addSql() {} }
      exports.Migration20230101 = class extends Migration { async up() { this.addSql("SELECT 1"); } };`,
  });
  assert.equal(error.code, "foreign-migrations");
});

test("the installed modules list what they run", {
  skip: missing("@medusajs/inventory", "@medusajs/stock-location"),
}, async (t) => {
  const workspace = new Workspace(t, ["@medusajs/inventory", "@medusajs/stock-location"]);
  const host = workspace.host();
  const names = async (name) => {
    const { files } = await ask(workspace, host, name);
    return files.map((file) => file.slice(fs.realpathSync(packageFolder(name)).length));
  };
  assert.deepEqual(await names("@medusajs/inventory"), [
    "/dist/migrations/schema-migrations/1665748086258-inventory_setup.js",
    "/dist/migrations/schema-migrations/1675761451145-add_reservation_external_id.js",
    "/dist/migrations/schema-migrations/1682927363119-item_descriptions_and_thumbnail.js",
  ]);
  assert.deepEqual(await names("@medusajs/stock-location"), [
    "/dist/migrations/schema-migrations/1665749860179-setup.js",
  ]);
});
