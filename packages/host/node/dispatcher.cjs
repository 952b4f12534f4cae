// SPDX-License-Identifier: MIT
//
// Works on requests one after the other and sees to it that each gets exactly one answer, also when
// the code of a migration throws outside of any promise or waits for what can never happen.
"use strict";

const { HostError, reportError } = require("./error_report.cjs");

/** The request being worked on, as its method sees it. */
class Task {
  constructor(id, late, send) {
    this.id = id;
    this.send = send;
    // Failures of work that earlier requests left behind, not reported yet.
    this.late = late;
    this.missed = [];
    this.interrupt = null;
  }

  /** What is known of the answer already. */
  part(value) {
    this.send({ type: "part", id: this.id, value });
  }

  /** Waits for a promise, but fails as soon as something fails that this promise may not carry. */
  watch(promise) {
    if (this.missed.length > 0) {
      Promise.resolve(promise).catch(() => {});
      return Promise.reject(this.missed.shift());
    }
    return new Promise((resolve, reject) => {
      const end = (settle) => (value) => {
        if (this.interrupt === interrupt) {
          this.interrupt = null;
        }
        settle(value);
      };
      const interrupt = end(reject);
      this.interrupt = interrupt;
      Promise.resolve(promise).then(end(resolve), end(reject));
    });
  }

  fail(error) {
    if (this.interrupt) {
      this.interrupt(error);
    } else {
      this.missed.push(error);
    }
  }
}

class Dispatcher {
  constructor({ methods, send, keepAlive, isWaitingForParent }) {
    this.methods = new Map(Object.entries(methods));
    this.send = send;
    this.keepAlive = keepAlive;
    this.isWaitingForParent = isWaitingForParent;
    this.queue = [];
    this.current = null;
    this.late = [];
    process.on("uncaughtException", (error) => this.fail(error));
    process.on("unhandledRejection", (error) => this.fail(error));
    // The event loop is empty although a request is running: what it waits for cannot come.
    process.on("beforeExit", () => {
      if (this.current) {
        this.current.fail(
          new HostError("never-settles", "a promise never settles: nothing is left to wait for"),
        );
        this.keepAlive(true);
      }
    });
  }

  accept(request) {
    if (!request || typeof request.method !== "string" || request.id === undefined) {
      const error = new HostError("bad-request", "a request needs an id and a method");
      this.answer(request && request.id !== undefined ? request.id : null, error);
      return;
    }
    this.queue.push(request);
    if (!this.current) {
      this.next();
    }
  }

  /** While a request runs and no query is under way, only the migration's own work counts. */
  updateKeepAlive() {
    this.keepAlive(!this.current || this.isWaitingForParent());
  }

  async next() {
    const request = this.queue.shift();
    if (!request) {
      return;
    }
    const task = new Task(request.id, this.late, this.send);
    this.current = task;
    this.updateKeepAlive();
    try {
      const value = await this.serve(request, task);
      this.send({ type: "result", id: request.id, value });
    } catch (error) {
      this.answer(request.id, error);
    }
    this.current = null;
    this.updateKeepAlive();
    this.next();
  }

  async serve(request, task) {
    const method = this.methods.get(request.method);
    if (!method) {
      throw new HostError("unknown-method", `the host knows no method '${request.method}'`);
    }
    const value = await method(request.params || {}, task);
    if (task.missed.length > 0) {
      throw task.missed[0];
    }
    return value;
  }

  answer(id, error) {
    let report;
    try {
      report = reportError(error);
    } catch (reportingError) {
      report = { code: "internal", message: String(reportingError && reportingError.message) };
    }
    this.send({ type: "error", id, error: report });
  }

  fail(error) {
    if (this.current) {
      this.current.fail(error);
    } else {
      this.late.push(error);
    }
  }
}

module.exports = { Dispatcher, Task };
