// SPDX-License-Identifier: MIT
//
// Turns whatever was thrown into the error object of the protocol.
"use strict";

const util = require("node:util");
const { positionOf } = require("./source_position.cjs");

/** An error with a code of ours; `details` are further fields of the answer. */
class HostError extends Error {
  constructor(code, message, { cause, ...details } = {}) {
    super(message);
    this.name = "HostError";
    this.code = code;
    this.details = details;
    if (cause !== undefined) {
      this.cause = cause;
    }
  }
}

const MAX_CAUSES = 5;

function isErrorLike(value) {
  return typeof value === "object" && value !== null && typeof value.message === "string";
}

function messageOf(error) {
  if (!isErrorLike(error)) {
    return `thrown value: ${util.inspect(error)}`;
  }
  if (error.code === "MODULE_NOT_FOUND" || error.code === "ERR_MODULE_NOT_FOUND") {
    // The "Require stack" that follows names files of Node's and ours as often as the importer.
    return error.message.split("\n", 1)[0];
  }
  const inner = Array.isArray(error.errors) ? error.errors.filter(isErrorLike) : [];
  const parts = [error.message || error.name, ...inner.map((each) => each.message)];
  return parts.filter(Boolean).map(String).join("; ");
}

/**
 * The protocol's form of an error. `where` says whose code it is, {root, file}, to find the position
 * in the stack; `code` names errors that are not ours.
 */
function reportError(error, { code = "internal", where = null, depth = 0 } = {}) {
  const own = error instanceof HostError;
  const report = { code: own ? error.code : code, message: messageOf(error) };
  if (isErrorLike(error) && typeof error.stack === "string" && !own) {
    report.stack = error.stack;
  }
  if (own) {
    Object.assign(report, error.details);
  } else if (where) {
    Object.assign(report, positionOf(error, where));
  }
  if (isErrorLike(error) && error.cause !== undefined && depth < MAX_CAUSES) {
    report.cause = reportError(error.cause, { code, where, depth: depth + 1 });
  }
  return report;
}

module.exports = { HostError, messageOf, reportError };
