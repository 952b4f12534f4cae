// SPDX-License-Identifier: MIT
//
// One call of up() or down() while it is recorded: the statements it sends, in order, the answers it
// gets, and the first reason why what it does is not known beforehand.
"use strict";

const { messageOf } = require("./error_report.cjs");
const { QueryValues, changing } = require("./recording_values.cjs");

// The migration's own are trapped while it is recorded.
const { setImmediate } = globalThis;

const MAX_STATEMENTS = 50_000;
// With one more, there are more ways through them than are followed.
const MAX_QUESTIONS = 15;
// Turns of the event loop without anything to wait for, after which nothing can come any more.
const IDLE_TURNS = 3;

/** Thrown into the code of a migration once its recording is decided. It may catch it: no matter. */
class Stopped extends Error {
  constructor() {
    super("the recording has ended");
    this.name = "Stopped";
  }
}

const context = { current: null };

/** What a trap calls. Nothing happens outside a recording: then it is our own code, or TypeORM's. */
function look(code, message) {
  if (context.current) {
    context.current.taint(code, message);
  }
}

const values = new QueryValues(look);

/** Runs what is not the migration's own doing, such as loading TypeORM. */
function outside(work) {
  const { current } = context;
  context.current = null;
  try {
    return work();
  } finally {
    context.current = current;
  }
}

function turn() {
  return new Promise((resolve) => setImmediate(resolve));
}

class Recording {
  /**
   * `variant` is {result, delivery, failAt}: what queries resolve to, when, and which of them fails;
   * `answers` are those to the first questions, later ones are answered with yes; `wire` gives a
   * query's parameters as they are sent; `positions` knows the places in the migration's code.
   */
  constructor({ variant, answers = [], wire = null, positions }) {
    this.variant = variant;
    this.given = answers;
    this.wire = wire;
    this.positions = positions;
    this.answers = [];
    this.events = [];
    this.reason = null;
    this.end = null;
    this.typeormNeeded = false;
    this.queue = [];
    this.reads = [];
    this.arriving = 0;
    this.open = true;
    this.failed = false;
    this.lastSite = null;
  }

  // --- why it is dynamic

  note(code, message, site) {
    if (!this.reason && !this.typeormNeeded) {
      const at = site ?? this.positions.here() ?? this.lastSite;
      this.reason = { code, message, ...at };
    }
  }

  taint(code, message) {
    this.note(code, message);
    throw new Stopped();
  }

  needTypeorm() {
    if (!this.reason) {
      this.typeormNeeded = true;
    }
    throw new Stopped();
  }

  noteError(what, error) {
    if (error instanceof Stopped) {
      return;
    }
    const named = typeof error === "object" && error !== null;
    this.note("throws", `${what}: ${messageOf(error)}`, named ? this.positions.ofError(error) : null);
  }

  /** An error that no promise carries: of a callback, or a rejection nobody handles. */
  stray(error) {
    if (this.variant.failAt === undefined) {
      this.noteError("fails while it is recorded", error);
    } else {
      this.note("not-awaited", "does not wait for the result of a query");
    }
  }

  get decided() {
    return this.reason !== null || this.typeormNeeded;
  }

  // --- what the migration sends

  /** With `normalise`, which makes its text the same for all databases, a query is a question. */
  send(sql, params, normalise = null) {
    if (!this.open) {
      return new Promise(() => {});
    }
    if (typeof sql !== "string" || sql.includes("\0")) {
      this.taint("statement", "gives query() something other than a text");
    }
    if (this.failed) {
      this.taint("error", "goes on although a query has failed");
    }
    if (this.events.length >= MAX_STATEMENTS) {
      this.taint("statement", `issues more than ${MAX_STATEMENTS} statements`);
    }
    const event = { sql: normalise ? normalise(sql) : sql, params: this.wire(params), at: null };
    if (normalise) {
      if (this.answers.length >= MAX_QUESTIONS) {
        this.taint("questions", `asks more than ${MAX_QUESTIONS} questions`);
      }
      event.answer = this.given[this.answers.length] ?? true;
      this.answers.push(event.answer);
    }
    if (this.variant.failAt === undefined) {
      event.at = this.positions.here() ?? this.lastSite;
    }
    const index = this.events.push(event) - 1;
    return new Promise((resolve, reject) => {
      this.arrive({ index, event, params, resolve, reject }, this.queue);
    });
  }

  /** A file's content, at a time that has nothing to do with the queries'. */
  read(content) {
    return new Promise((resolve) => this.arrive({ resolve, content }, this.reads));
  }

  // --- what it gets

  arrive(answer, queue) {
    const { delivery } = this.variant;
    if (delivery === "at-once" || (queue === this.reads && delivery === "in-order")) {
      this.arriving += 1;
      Promise.resolve().then(() => {
        this.arriving -= 1;
        this.deliver(answer);
      });
    } else {
      queue.push(answer);
    }
  }

  deliver({ index, event, params, resolve, reject, content }) {
    if (!this.open) {
      return;
    }
    if (content !== undefined) {
      resolve(content);
      return;
    }
    if (this.hasChanged(event, params)) {
      return;
    }
    if (index === this.variant.failAt) {
      this.failed = true;
      reject(values.failure());
    } else if (event.answer !== undefined) {
      // For TypeORM's eyes only: it makes a boolean of it.
      resolve(event.answer ? [{}] : []);
    } else {
      resolve(values.result(this.variant.result));
    }
  }

  /** The real client reads parameters when the query before has been answered, not when asked. */
  hasChanged(event, params) {
    if (event.params === null || this.variant.failAt !== undefined) {
      return false;
    }
    try {
      if (JSON.stringify(this.wire(params)) === JSON.stringify(event.params)) {
        return false;
      }
      this.note("statement", "changes the parameters of a query that is under way", event.at);
    } catch (error) {
      this.noteError("fails while it is recorded", error);
    }
    return true;
  }

  /** Delivers the next answer that is due in this turn; false if there is none. */
  deliverNext() {
    const isReversed = this.variant.delivery === "reversed";
    const answer = (isReversed ? this.queue.pop() : this.queue.shift()) ?? this.reads.shift();
    if (!answer) {
      return false;
    }
    this.deliver(answer);
    return true;
  }

  get outstanding() {
    return this.queue.length + this.reads.length + this.arriving;
  }

  // --- the call

  /** Makes the call and follows it to its end; gives the recording itself. */
  async run(call) {
    context.current = this;
    changing.recording += 1;
    try {
      const ended = (async () => call())();
      ended.then(
        (value) => {
          this.end = "done";
          this.value = value;
        },
        (error) => {
          this.end = "failed";
          if (this.variant.failAt === undefined) {
            this.noteError("fails while it is recorded", error);
          }
        },
      );
      await this.follow();
    } finally {
      this.open = false;
      context.current = null;
    }
    return this;
  }

  async follow() {
    for (let idle = 0; this.end === null && !this.decided; ) {
      await turn();
      if (this.deliverNext() || this.outstanding > 0) {
        idle = 0;
      } else if (this.end === null && ++idle > IDLE_TURNS) {
        this.note("never-settles", "waits for a promise that never settles");
      }
    }
    if (this.decided) {
      return;
    }
    const sent = this.events.length;
    const awaited = this.outstanding === 0;
    do {
      await turn();
    } while (this.deliverNext() && !this.decided);
    await turn();
    if (this.end === "done" && (!awaited || this.events.length > sent)) {
      this.note("not-awaited", "ends before its last query is answered", this.events.at(-1)?.at);
    }
  }
}

module.exports = { Recording, Stopped, context, look, outside };
