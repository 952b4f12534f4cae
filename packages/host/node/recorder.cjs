// SPDX-License-Identifier: MIT
//
// The request `record`: what the migrations of members send to the database, found out by calling them
// in processes of their own (recorder_main.cjs), where they can do no harm and may hang.
//
// {typeormFrom: [folders], cwd, limitMs?, members: [{member: {name, root}, modules: [{file, sourceRoot?}]}]}
// gives for each member, as soon as it is done, a part {index, modules: [{file, migrations: [{name, export,
// up, down}], reason?}]}; `index` is its place in `members`. `cwd` is the working directory that migrations
// have; `sourceRoot` is the folder from which a file's map names its sources, if not its own.
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

const os = require("node:os");
const { HostError } = require("./error_report.cjs");
const { RecorderProcess } = require("./recorder_process.cjs");

const DEFAULT_LIMIT_MS = 2000;

// To start a process and load TypeORM in it takes as long as to record some migrations.
const FILES_WORTH_A_PROCESS = 25;
const MOST_PROCESSES = 4;

function processCount(members) {
  const files = members.reduce((sum, { modules }) => sum + modules.length, 0);
  const processors = os.availableParallelism?.() ?? os.cpus().length;
  return Math.min(processors, MOST_PROCESSES, members.length, Math.ceil(files / FILES_WORTH_A_PROCESS));
}

class Recorder {
  constructor() {
    this.workers = [];
  }

  /** Each worker takes the next member that none has taken; after a failure they take no more. */
  async record({ members, ...params }, part) {
    let next = 0;
    const work = async (worker) => {
      try {
        while (next < members.length) {
          const index = next++;
          part({ index, ...(await worker.record({ ...params, ...members[index] })) });
        }
      } catch (error) {
        next = members.length;
        throw error;
      }
    };
    for (let missing = processCount(members) - this.workers.length; missing > 0; missing -= 1) {
      this.workers.push(new Worker());
    }
    const ends = await Promise.allSettled(this.workers.map(work));
    const failed = ends.find(({ status }) => status === "rejected");
    if (failed) {
      throw failed.reason;
    }
    return {};
  }
}

class Worker {
  constructor() {
    this.process = null;
  }

  /** A migration that ends the process, or hangs it, is set aside, and the others are recorded again. */
  async record(params) {
    const { limitMs = DEFAULT_LIMIT_MS } = params;
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
