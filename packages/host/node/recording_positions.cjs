// SPDX-License-Identifier: MIT
//
// Where in a migration's code something happens, and where that is in its sources.
"use strict";

const fs = require("node:fs");
const path = require("node:path");
const { SourceMap } = require("node:module");
const { fileURLToPath } = require("node:url");

const MAP_COMMENT = /\/\/# sourceMappingURL=([^\s'"]+)\s*$/;
const INLINE_MAP = /^data:application\/json[^,]*;base64,/;
const FRAME = /\(?([^()\s][^()]*):(\d+):(\d+)\)?$/;

class Positions {
  constructor() {
    // The files of the member that have been loaded, each with its text.
    this.texts = new Map();
    this.sourceRoots = new Map();
    this.sources = new Map();
    // Setting it for a moment must not look as if a migration had.
    Error.prepareStackTrace = Error.prepareStackTrace;
  }

  clear() {
    this.texts.clear();
    this.sourceRoots.clear();
    this.sources.clear();
  }

  add(file, text) {
    this.texts.set(file, text);
  }

  has(file) {
    return this.texts.has(file);
  }

  /** The innermost frame of the member's code on the stack, in the built file; or null. */
  here() {
    const { prepareStackTrace, stackTraceLimit } = Error;
    const site = {};
    try {
      Error.prepareStackTrace = (_, frames) => frames;
      Error.stackTraceLimit = 40;
      Error.captureStackTrace(site, this.here);
      const frame = site.stack.find((each) => this.texts.has(each.getFileName()));
      return frame
        ? { file: frame.getFileName(), line: frame.getLineNumber(), column: frame.getColumnNumber() }
        : null;
    } finally {
      Error.prepareStackTrace = prepareStackTrace;
      Error.stackTraceLimit = stackTraceLimit;
    }
  }

  ofError(error) {
    const stack = typeof error.stack === "string" ? error.stack : "";
    for (const line of stack.split("\n")) {
      const match = FRAME.exec(line.trim());
      if (match) {
        const file = match[1].replace(/^.* at /, "").replace(/^at /, "");
        if (this.texts.has(file)) {
          return { file, line: Number(match[2]), column: Number(match[3]) };
        }
      }
    }
    const syntax = /^(\/[^\n]+):(\d+)\n/.exec(stack);
    return syntax && this.texts.has(syntax[1]) ? { file: syntax[1], line: Number(syntax[2]) } : null;
  }

  /** A place in a built file as one in its source, if there is a source to show. */
  toSource(place) {
    if (!place || !place.file || !place.column) {
      return place ?? {};
    }
    const map = this.mapOf(place.file);
    const entry = map && map.map.findEntry(place.line - 1, place.column - 1);
    if (!entry || !entry.originalSource) {
      return place;
    }
    const { originalSource: name } = entry;
    const file = name.startsWith("file://") ? fileURLToPath(name) : path.resolve(map.root, name);
    return fs.existsSync(file)
      ? { file, line: entry.originalLine + 1, column: entry.originalColumn + 1 }
      : place;
  }

  mapOf(file) {
    if (!this.sources.has(file)) {
      let map = null;
      try {
        map = this.readMap(file);
      } catch {
        // Without a readable map, the built file is what can be shown.
      }
      this.sources.set(file, map);
    }
    return this.sources.get(file);
  }

  readMap(file) {
    const comment = MAP_COMMENT.exec(this.texts.get(file) ?? "");
    if (!comment) {
      return null;
    }
    const place = comment[1];
    const text = INLINE_MAP.test(place)
      ? Buffer.from(place.replace(INLINE_MAP, ""), "base64").toString("utf8")
      : fs.readFileSync(path.resolve(path.dirname(file), decodeURIComponent(place)), "utf8");
    const map = JSON.parse(text);
    const base = this.sourceRoots.get(file) ?? path.dirname(file);
    const root = path.resolve(base, map.sourceRoot ?? "");
    // Installed packages often ship maps without the sources: not worth decoding.
    const isThere = (name) => name.startsWith("file://") || fs.existsSync(path.resolve(root, name));
    return map.sources.some(isThere) ? { map: new SourceMap({ ...map, sourceRoot: "" }), root } : null;
  }
}

module.exports = { Positions };
