// SPDX-License-Identifier: MIT
//
// Decides of one up() or down() whether it is lowered. It is called again and again, under everything
// that can change without its code changing: what it sends must stay the same.
"use strict";

const { Recording, look } = require("./recording.cjs");
const { instanceOf } = require("./migration_class.cjs");
const { Inputs } = require("./recording_modules.cjs");
const { asksWhileSchemaChanges, firstDifference, programOf } = require("./recording_program.cjs");
const { plainRunner } = require("./recording_runner.cjs");

const MAX_PATHS = 16;

// Statements of a call are made to fail one after the other, each time from its start. Where that takes
// more steps than this, a look at the code comes first; beyond the limit it is not done at all.
const FEW_FAILING_STEPS = 5_000;
const MAX_FAILING_STEPS = 200_000;
const FAILING_SAMPLES = 20;

/** `server` is the number of the database that TypeORM believes in, and of the place of the files. */
const FIRST = { result: "watched", delivery: "at-once", server: 0 };
const SECOND = { result: "nothing", delivery: "in-order", server: 1 };
const THIRD = { result: "rows", delivery: "reversed", server: 0 };

const KEEPS_STATE = ["state", "sends other statements when it is called again"];

/** Nothing changed, then one thing at a time, to say which it is that matters. */
const CAUSES = [
  [FIRST, ...KEEPS_STATE],
  [{ ...FIRST, result: "nothing" }, "result", "depends on the result of a query"],
  [{ ...FIRST, result: "rows" }, "result", "depends on the result of a query"],
  [{ ...FIRST, delivery: "in-order" }, "order", "sends statements in an order that depends on timing"],
  [{ ...FIRST, delivery: "reversed" }, "order", "sends statements in an order that depends on timing"],
  [
    { ...FIRST, server: 1 },
    "surroundings",
    "depends on where its files are, or on the schema or version of the database",
  ],
];
// What a compiler adds for async functions and loops has try and catch, and handles nothing.
const COMPILER_HELPER =
  /^var __(awaiter|generator|values|read|async|spread\w*|import\w+|createBinding|copyProps) =[^]*?^\};?$/gm;
const MAY_HANDLE_ERRORS = /\b(try|trys|catch|finally|then|allSettled|race|any)\b/;

/** Where the last of so many questions is asked; the start, if there are none. */
function indexOfQuestion(events, count) {
  let asked = 0;
  return count === 0 ? 0 : events.findIndex(({ answer }) => answer !== undefined && ++asked === count);
}

class DirectionRecording {
  /** `owner` gives what all recordings of a member share; see MemberRecording. */
  constructor(owner, file, name, direction) {
    this.owner = owner;
    this.file = file;
    this.name = name;
    this.direction = direction;
    this.usesTypeorm = false;
    this.hasNoTransaction = false;
    this.needsTransaction = false;
    // One recording for each way through the questions, with the answers that lead there.
    this.paths = [];
    this.reason = null;
  }

  get inputs() {
    return this.owner.inputsOf(this.file);
  }

  dynamic(code, message, place = {}) {
    this.reason ??= { code, message, ...place };
  }

  /** The call once, with modules of its own unless some are given. */
  async record(variant, answers, modules = null) {
    this.owner.beat();
    for (;;) {
      const used = modules ?? this.owner.modules(this.file, variant.server);
      const { wire, positions } = this.owner;
      const recording = new Recording({ variant, answers, wire, positions });
      const runner = await this.runner(variant.server, recording);
      await recording.run(() => this.call(used, runner));
      if (!recording.typeormNeeded) {
        return recording;
      }
      this.usesTypeorm = true;
    }
  }

  async runner(server, recording) {
    if (!this.usesTypeorm) {
      return plainRunner(recording);
    }
    try {
      return await this.owner.typeormRunner(server, recording);
    } catch (error) {
      recording.noteError("needs TypeORM", error);
      return null;
    }
  }

  async call(modules, runner) {
    const instance = instanceOf(modules.load(this.file), this.name);
    if (typeof instance[this.direction] !== "function") {
      look("no-method", `has no ${this.direction}()`);
    }
    this.hasNoTransaction = instance.transaction === false;
    await instance[this.direction](runner);
  }

  // --- the passes, in this order; each ends the matter if it finds a reason

  /** Every way through the questions. */
  async explore() {
    const open = [[]];
    while (open.length > 0) {
      const given = open.pop();
      const recording = await this.record(FIRST, given);
      this.reason = this.owner.restoreGlobals() ?? recording.reason;
      if (this.reason) {
        return;
      }
      this.paths.push({ answers: recording.answers, from: given.length, recording });
      for (let index = given.length; index < recording.answers.length; index += 1) {
        open.push([...recording.answers.slice(0, index), false]);
      }
      if (this.paths.length + open.length > MAX_PATHS) {
        this.dynamic("questions", `asks questions with more than ${MAX_PATHS} sets of answers`);
        return;
      }
    }
    const recordings = this.paths.map((each) => each.recording);
    if (asksWhileSchemaChanges(recordings)) {
      this.dynamic("schema", "asks about tables, and changes where they are looked for");
    } else if (recordings.some((each) => this.namesItsPlace(each))) {
      this.dynamic("surroundings", "sends the place of its files to the database");
    } else if (!programOf(recordings, (event) => event)) {
      this.dynamic(...KEEPS_STATE);
    }
  }

  namesItsPlace({ events }) {
    const { root } = this.owner.member;
    return events.some(
      ({ sql, params }) => sql.includes(root) || params?.some((each) => each?.text?.includes(root)),
    );
  }

  /** Again, with everything else changed, and in modules that have been used by other migrations. */
  async repeat(variant, modules) {
    for (const { answers, recording: first } of this.paths) {
      const again = await this.record(variant, answers, modules);
      const difference = this.differenceOf(first, again);
      if (again.reason?.code === "not-awaited") {
        this.reason = again.reason;
        return;
      }
      if (difference !== null) {
        const [code, message] = await this.causeOf(answers, first);
        this.dynamic(code, message, first.events[difference]?.at ?? {});
        return;
      }
    }
  }

  differenceOf(first, again) {
    const difference = firstDifference(first.events, again.events);
    if (difference !== -1) {
      return difference;
    }
    return again.reason === null && again.end === first.end ? null : first.events.length - 1;
  }

  async causeOf(answers, first) {
    for (const [variant, code, message] of CAUSES) {
      const other = await this.record(variant, answers);
      if (this.differenceOf(first, other) !== null) {
        return [code, message];
      }
    }
    return KEEPS_STATE;
  }

  /**
   * A failing statement must be the last one. If the call succeeds in spite of it, or had sent more
   * before it knew, that makes a difference only outside a transaction.
   */
  async fail(modules) {
    const total = this.paths.reduce((sum, { recording }) => sum + recording.events.length ** 2 / 2, 0);
    const handlesNone = total > FEW_FAILING_STEPS && !this.mayHandleErrors();
    if (total > MAX_FAILING_STEPS && !handlesNone) {
      this.dynamic("error", "has too many statements to see that it goes on after no error");
      return;
    }
    for (const { answers, from, recording } of this.paths) {
      const { events } = recording;
      const step = handlesNone ? Math.ceil(events.length / FAILING_SAMPLES) : 1;
      // What comes before the question that this way differs in has been tried.
      for (let index = indexOfQuestion(events, from); index < events.length && !this.reason; index += step) {
        await this.failAt(index, answers, events, modules);
      }
    }
  }

  async failAt(index, answers, events, modules) {
    const recording = await this.record({ ...FIRST, failAt: index }, answers, modules);
    const difference = firstDifference(events.slice(0, recording.events.length), recording.events);
    if (recording.reason) {
      const { code, message, ...place } = recording.reason;
      this.dynamic(code, message, place.file ? place : (events[index].at ?? {}));
    } else if (difference !== -1) {
      this.dynamic(...KEEPS_STATE, events[difference]?.at ?? {});
    } else if (recording.end === "done" || recording.events.length > index + 1) {
      // In a transaction, nothing that comes after the failure has an effect.
      this.needsTransaction = true;
      if (this.hasNoTransaction) {
        this.dynamic("error", "goes on although a query has failed", events[index].at ?? {});
      }
    }
  }

  mayHandleErrors() {
    const { texts } = this.owner.positions;
    const files = [this.file, ...this.inputs.files].filter((file) => texts.has(file));
    return files.some((file) => MAY_HANDLE_ERRORS.test(texts.get(file).replace(COMPILER_HELPER, "")));
  }

  // --- the outcome

  result() {
    const { positions } = this.owner;
    if (this.reason) {
      const { code, message, file, line, column } = this.reason;
      const place = positions.toSource(file ? { file, line, column } : null);
      return { lowered: false, reason: { code, message, ...place } };
    }
    const nodeOf = ({ sql, params, at }) => ({ sql, params, ...positions.toSource(at) });
    const recordings = this.paths.map((each) => each.recording);
    return {
      lowered: true,
      program: programOf(recordings, nodeOf),
      files: [...this.inputs.files].sort(),
      packages: this.packages(recordings),
      ...(this.needsTransaction ? { needsTransaction: true } : {}),
    };
  }

  packages(recordings) {
    const inputs = new Inputs();
    if (this.usesTypeorm) {
      inputs.addPackageOf(this.owner.packageFile("typeorm"));
    }
    if (recordings.some(({ events }) => events.some(({ params }) => params !== null))) {
      inputs.addPackageOf(this.owner.packageFile("pg"));
    }
    return [...new Set([...this.inputs.packages, ...inputs.packages])].sort();
  }
}

module.exports = { DirectionRecording, FIRST, SECOND, THIRD };
