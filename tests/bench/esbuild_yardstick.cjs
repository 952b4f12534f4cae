// SPDX-License-Identifier: MIT
//
// What esbuild itself takes: one call for all files, with the options of our own build
// (packages/host/node/esbuild_compiler.cjs), its output written and its metafile made.
//
//     node esbuild_yardstick.cjs ROOT OUTDIR LIST
//
// LIST is a file with an entry point a line; esbuild is the one of ROOT's node_modules.
"use strict";

const fs = require("node:fs");
const path = require("node:path");
const { createRequire } = require("node:module");

const [root, outdir, list] = process.argv.slice(2);
const esbuild = createRequire(path.join(root, "package.json"))("esbuild");

esbuild
  .build({
    absWorkingDir: root,
    bundle: true,
    entryPoints: fs.readFileSync(list, "utf8").split("\n").filter(Boolean),
    format: "cjs",
    keepNames: true,
    logLevel: "error",
    metafile: true,
    outdir,
    packages: "external",
    platform: "node",
    sourcemap: "linked",
    sourcesContent: false,
    target: "node18",
  })
  .then(() => esbuild.stop && esbuild.stop());
