// SPDX-License-Identifier: MIT
//
// The request `record`: what the migrations of a member send to the database, found out by calling them
// in a process of its own (recorder_main.cjs), where they can do no harm and may hang.
//
// {member: {name, root}, typeormFrom: [folders], cwd, modules: [{file, sourceRoot?}], limitMs?} gives
// {modules: [{file, migrations: [{name, export, up, down}], reason?}]}. `cwd` is the working directory that
// migrations have; `sourceRoot` is the folder from which a file's map names its sources, if not its own.
// A `reason` of a whole module means that it could not be loaded, so that no migrations are known.
//
// up and down are {lowered: false, reason: {code, message, file?, line?, column?}} or {lowered: true,
// program, files, packages, needsTransaction?}: `files` are what it read and loaded in its member,
// `packages` the package.json of those packages whose content counts. With needsTransaction, only in a
// transaction does the program do what the migration does, because the migration goes on after an error.
// A program is a list of {sql, params, file?, line?, column?}, with params null or a list of null, {text}
// and {bytes} (base64); or, as its last, {ask: {sql, params}, yes: program, no: program, file?, ...}, where
// yes is for a question that has rows.
"use strict";

const { HostError } = require("./error_report.cjs");
const { RecorderProcess } = require("./recorder_process.cjs");

const DEFAULT_LIMIT_MS = 2000;

class Recorder {
  constructor() {
    this.process = null;
  }

  /** A migration that ends the process, or hangs it, is set aside, and the others are recorded again. */
  async record(params) {
    const { limitMs = DEFAULT_LIMIT_MS, modules } = params;
    if (modules.length === 0) {
      return { modules: [] };
    }
    const skip = [];
    for (;;) {
      this.process ??= new RecorderProcess(params.cwd);
      const { message, item, isSilent } = await this.process.request({ ...params, skip }, limitMs);
      if (message) {
        if (message.type === "error") {
          throw new HostError(message.error.code, message.error.message);
        }
        return message.value;
      }
      this.process = null;
      const isKnown = item && skip.some((each) => sameItem(each, item));
      if (!item || isKnown) {
        throw new HostError("recorder-failed", "the process that records migrations ended");
      }
      skip.push({ ...item, reason: item.reason ?? reasonOf(item, isSilent, limitMs) });
    }
  }
}

function sameItem(one, other) {
  return one.file === other.file && one.export === other.export && one.direction === other.direction;
}

function reasonOf({ file }, isSilent, limitMs) {
  return isSilent
    ? { code: "timeout", message: `does not finish within ${limitMs} ms while it is recorded`, file }
    : { code: "crash", message: "ends the process in which it is recorded", file };
}

module.exports = { Recorder };
