"use strict";

const assert = require("node:assert/strict");
const { test } = require("node:test");
const { flags } = require("../../../packages/host/node/feature_flags.cjs");
const { Workspace, missing, packageFolder } = require("./support/workspace.cjs");

test("a default is true as Medusa sees it", (t) => {
  const workspace = new Workspace(t);
  const values = { a: true, b: '"TRUE"', c: '"1"', d: 1, e: "undefined" };
  for (const [key, value] of Object.entries(values)) {
    const settings = `{ key: "${key}", default_val: ${value}, env_key: "FF_${key}" }`;
    workspace.write(`dist/loaders/feature-flags/${key}.js`, `exports.default = ${settings}`);
  }
  workspace.write("dist/loaders/feature-flags/index.js", "throw new Error('not a flag')");
  workspace.write("dist/loaders/feature-flags/none.js", "exports.other = 1");
  const found = flags({ core: workspace.root }).flags;
  assert.deepEqual(found.map((each) => [each.key, each.default]), [
    ["a", true],
    ["b", true],
    ["c", false],
    ["d", true],
    ["e", false],
  ]);
  assert.equal(found[0].env, "FF_a");
});

test("the installed core has its flags", { skip: missing("@medusajs/medusa") }, () => {
  const found = flags({ core: packageFolder("@medusajs/medusa") }).flags;
  const salesChannels = found.find((each) => each.key === "sales_channels");
  assert.deepEqual(salesChannels, {
    key: "sales_channels",
    default: true,
    env: "MEDUSA_FF_SALES_CHANNELS",
  });
});
