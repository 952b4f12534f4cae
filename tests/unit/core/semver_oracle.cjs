// SPDX-License-Identifier: MIT
// npm's own opinion: of each line "version<TAB>range" of the file given, whether both are valid and
// the version is in the range ("in", "out"), or what is not valid.
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const { createRequire } = require("node:module");

const [root, file] = process.argv.slice(2);
const semver = createRequire(path.join(root, "package.json"))("semver");
const verdict = (line) => {
  const [version, range] = line.split("\t");
  if (semver.parse(version) === null) return "no version";
  if (semver.validRange(range) === null) return "no range";
  return semver.satisfies(version, range) ? "in" : "out";
};
const lines = fs.readFileSync(file, "utf8").split("\n").slice(0, -1);
process.stdout.write(lines.map((line) => verdict(line) + "\n").join(""));
