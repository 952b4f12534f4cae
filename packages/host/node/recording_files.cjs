// SPDX-License-Identifier: MIT
//
// The file system as a recorded migration has it: it may read files of its own member, which so become
// inputs of what is recorded. Anything else is not known beforehand.
"use strict";

const fs = require("node:fs");
const path = require("node:path");
const { fileURLToPath } = require("node:url");
const { context, look, outside, Stopped } = require("./recording.cjs");

function realPath(file) {
  try {
    return fs.realpathSync(file);
  } catch {
    return null;
  }
}

/**
 * The member's folder and the working directory, at their own place or, to see whether a migration
 * depends on it, as if they were elsewhere.
 */
class Place {
  constructor(root, cwd, isElsewhere) {
    this.root = realPath(root) ?? root;
    const directory = realPath(cwd) ?? cwd;
    const base = "/medusa/elsewhere";
    this.moves = isElsewhere
      ? [
          [this.root, `${base}/member`],
          [directory, `${base}/directory/cwd`],
        ]
      : [];
    this.cwd = this.shown(directory);
  }

  shown(file) {
    return move(file, this.moves);
  }

  real(file) {
    return move(
      path.resolve(this.cwd, file),
      this.moves.map(([from, to]) => [to, from]),
    );
  }

  /** Whether a file, with all symbolic links resolved, is the member's own. */
  contains(file) {
    const inside = path.relative(this.root, file);
    return (
      inside !== "" &&
      !path.isAbsolute(inside) &&
      !inside.split(path.sep).some((part) => part === ".." || part === "node_modules")
    );
  }
}

function move(file, moves) {
  for (const [from, to] of moves) {
    if (file === from) {
      return to;
    }
    if (file.startsWith(from + path.sep)) {
      return to + file.slice(from.length);
    }
  }
  return file;
}

class MemberFiles {
  /** `inputs` is the set of the files that have been read. */
  constructor(place, inputs) {
    this.place = place;
    this.inputs = inputs;
  }

  /** The file that a migration names, if it may read it. */
  find(name) {
    if (!context.current) {
      throw new Stopped();
    }
    const isUrl = name instanceof URL && name.protocol === "file:";
    if (typeof name !== "string" && !isUrl) {
      look("file", "reads something other than a file of a given name");
    }
    const file = this.place.real(isUrl ? fileURLToPath(name) : name);
    const found = outside(() => realPath(file));
    if (found === null) {
      look("file", `looks for the file ${path.basename(file)}, which does not exist`);
    }
    if (!this.place.contains(found)) {
      look("file", `reads a file outside its package (${path.basename(file)})`);
    }
    if (!outside(() => fs.statSync(found).isFile())) {
      look("file", `looks into the folder ${path.basename(file)}`);
    }
    this.inputs.add(found);
    return found;
  }

  read(name, options) {
    const file = this.find(name);
    const encoding = typeof options === "string" ? options : (options?.encoding ?? null);
    const others = Object.keys(Object(options)).filter((key) => key !== "encoding");
    if (typeof options === "object" && others.length > 0) {
      look("file", `reads a file in a special way (${others})`);
    }
    return outside(() => fs.readFileSync(file, encoding));
  }

  /** The functions of `fs` that can be let through. */
  functions() {
    const readFileLater = async (name, options) => context.current.read(this.read(name, options));
    return {
      readFileSync: (name, options) => this.read(name, options),
      existsSync: (name) => this.find(name) !== null,
      readFile: (name, ...rest) => {
        const done = rest.pop();
        readFileLater(name, rest[0]).then(
          (content) => done(null, content),
          () => {},
        );
      },
      promises: { readFile: readFileLater },
    };
  }
}

module.exports = { MemberFiles, Place };
