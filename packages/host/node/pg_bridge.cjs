// SPDX-License-Identifier: MIT
//
// A `pg` whose connections all lead to the parent's one connection. Its Client is the real one of
// node-postgres on top of a PgSession; its Pool only hands out clients.
"use strict";

const { EventEmitter } = require("node:events");
const { PgSession, ServerError } = require("./pg_session.cjs");

/** The queries under way, and which error came from which query. */
class PgBridge {
  constructor({ send, onOutstandingChange }) {
    this.send = send;
    this.onOutstandingChange = onOutstandingChange;
    this.pending = new Map();
    this.lastId = 0;
    this.run = null;
    this.idleWaiters = [];
    this.queryIds = new WeakMap();
  }

  get outstanding() {
    return this.pending.size;
  }

  /** From here on queries are taken; those of earlier runs, still holding a client, are not. */
  beginRun() {
    this.run = { open: true, setup: true };
    return this.run;
  }

  ask(run, text, params, types) {
    return new Promise((resolve, reject) => {
      if (!run || !run.open) {
        reject(new ServerError({ code: "08003", message: "the migration has already ended" }));
        return;
      }
      this.lastId += 1;
      const message = { type: "query", id: this.lastId, text, params };
      if (types.some((oid) => oid !== 0)) {
        message.paramTypes = types;
      }
      if (run.setup) {
        message.setup = true;
      }
      this.pending.set(this.lastId, { resolve, reject });
      this.send(message);
      this.onOutstandingChange();
    });
  }

  /** Takes the parent's answer to a query; false if that query is not under way. */
  answer(message) {
    const query = this.pending.get(message.id);
    if (!query) {
      return false;
    }
    this.pending.delete(message.id);
    if (message.type === "rows") {
      query.resolve(message.results);
    } else {
      query.reject(new ServerError(message.error, message.id));
    }
    this.onOutstandingChange();
    if (this.pending.size === 0) {
      this.idleWaiters.splice(0).forEach((wake) => wake());
    }
    return true;
  }

  /** Settles once nothing is under way, and nothing follows from the last answers either. */
  async idle() {
    do {
      if (this.pending.size > 0) {
        await new Promise((resolve) => this.idleWaiters.push(resolve));
      }
      // The answers' continuations, and the report of rejections nobody handles, come before this.
      await new Promise((resolve) => setImmediate(resolve));
    } while (this.pending.size > 0);
  }

  queryIdOf(error) {
    for (let each = error, depth = 0; each && typeof each === "object" && depth < 10; depth += 1) {
      const id = this.queryIds.get(each) ?? this.queryIds.get(each.driverError);
      if (id !== undefined) {
        return id;
      }
      each = each.cause;
    }
    return null;
  }

  async connect(pg) {
    const run = this.run;
    const session = new PgSession((...query) => this.ask(run, ...query));
    const client = new pg.Client({
      stream: session,
      // Never looked at, but their defaults would be read from the environment.
      host: "localhost",
      port: 5432,
      user: "medusa",
      database: "medusa",
      password: "",
      ssl: false,
    });
    client.connection.on("errorMessage", (error) => {
      if (session.lastErrorQueryId !== null) {
        this.queryIds.set(error, session.lastErrorQueryId);
      }
    });
    await client.connect();
    return client;
  }

  /** The module that TypeORM takes for `pg`. */
  moduleLike(pg) {
    const bridge = this;

    class Pool extends EventEmitter {
      constructor(options) {
        super();
        this.options = options || {};
        this.ended = false;
      }

      connect(callback) {
        const opened = bridge.connect(pg).then((client) => {
          // A client holds nothing; ending it would break a query that nobody awaited.
          client.release = () => {};
          this.emit("connect", client);
          return client;
        });
        if (!callback) {
          return opened;
        }
        opened.then((client) => callback(undefined, client, client.release), callback);
        return undefined;
      }

      query(text, values, callback) {
        const done = [text, values, callback].find((each) => typeof each === "function");
        const given = typeof values === "function" ? undefined : values;
        const answered = this.connect().then((client) =>
          client.query(text, given).finally(() => client.release()),
        );
        if (!done) {
          return answered;
        }
        answered.then((result) => done(undefined, result), done);
        return undefined;
      }

      end(callback) {
        this.ended = true;
        if (!callback) {
          return Promise.resolve();
        }
        process.nextTick(callback);
        return undefined;
      }
    }

    // Never the native binding: it opens sockets of its own.
    return Object.create(pg, {
      Pool: { value: Pool, enumerable: true },
      native: { value: undefined },
    });
  }
}

module.exports = { PgBridge };
