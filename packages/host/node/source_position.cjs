// SPDX-License-Identifier: MIT
//
// Finds, in a stack, the line of the migration's own code. Node has already mapped the stack to the
// sources where there is a source map.
"use strict";

const fs = require("node:fs");
const path = require("node:path");
const { findSourceMap } = require("node:module");
const { fileURLToPath } = require("node:url");

const FRAME = /^\s+at (?:.*? \()?((?:file:\/\/)?\/.+?):(\d+):(\d+)\)?$/;
const SYNTAX_ERROR = /^((?:file:\/\/)?\/[^\n]+):(\d+)\n([^\n]*)\n( *)\^/;

function toPath(place) {
  if (!place.startsWith("file://")) {
    return place;
  }
  try {
    return fileURLToPath(place);
  } catch {
    return place;
  }
}

function framesOf(stack) {
  const frames = [];
  for (const line of stack.split("\n")) {
    const match = FRAME.exec(line);
    if (match) {
      frames.push({ file: toPath(match[1]), line: Number(match[2]), column: Number(match[3]) });
    }
  }
  return frames;
}

function realPath(file) {
  try {
    return fs.realpathSync(file);
  } catch {
    return file;
  }
}

/** Whether a file belongs to a member, and not to a package installed below it. */
function isOwnFile(file, roots) {
  return roots.some((root) => {
    const inside = path.relative(root, file);
    return (
      inside !== "" &&
      !path.isAbsolute(inside) &&
      !inside.split(path.sep).some((part) => part === ".." || part === "node_modules")
    );
  });
}

/** The topmost frame in the member's own code whose file is there to be shown. */
function ownFrame(frames, { root, file }) {
  const roots = root ? [root, realPath(root)] : [];
  const own = (frame) => isOwnFile(frame.file, roots) || frame.file === file;
  return frames.find((frame) => own(frame) && fs.existsSync(frame.file));
}

/** Of an error: {file, line, column}, or {file} if only that is known, or {}. */
function positionOf(error, where) {
  const stack = error && typeof error.stack === "string" ? error.stack : "";
  const syntax = SYNTAX_ERROR.exec(stack);
  if (syntax) {
    return { file: toPath(syntax[1]), line: Number(syntax[2]), column: syntax[4].length + 1 };
  }
  const frame = ownFrame(framesOf(stack), where);
  return frame || (where.file ? { file: where.file } : {});
}

/** A call site is an Error made where a call began; its frames are looked at only if needed. */
function rawFrames(site) {
  const saved = Error.prepareStackTrace;
  let sites;
  try {
    Error.prepareStackTrace = (_, callSites) => callSites;
    sites = site.stack;
  } finally {
    Error.prepareStackTrace = saved;
  }
  if (!Array.isArray(sites)) {
    return framesOf(String(sites));
  }
  return sites
    .filter((each) => each.getFileName())
    .map((each) => ({
      file: toPath(each.getFileName()),
      line: each.getLineNumber(),
      column: each.getColumnNumber(),
    }));
}

/** An installed package often ships maps but not the sources: then the built line is the better one. */
function toSource(frame) {
  const map = findSourceMap(frame.file);
  const entry = map && map.findEntry(frame.line - 1, frame.column - 1);
  if (!entry || !entry.originalSource) {
    return frame;
  }
  const source = entry.originalSource.startsWith("file://")
    ? toPath(entry.originalSource)
    : path.resolve(path.dirname(frame.file), entry.originalSource);
  if (!fs.existsSync(source)) {
    return frame;
  }
  return { file: source, line: entry.originalLine + 1, column: entry.originalColumn + 1 };
}

function positionOfCallSite(site, where) {
  const frame = ownFrame(rawFrames(site), where);
  return frame ? toSource(frame) : null;
}

module.exports = { positionOf, positionOfCallSite };
