// SPDX-License-Identifier: MIT
//
// Stands where a client library expects the socket of a PostgreSQL server, and has the parent run
// what the client sends. The library above it stays the real one, so that parameters, results, types
// and errors are its own.
"use strict";

const { EventEmitter } = require("node:events");
const { FrontendReader, backend } = require("./pg_wire.cjs");

// A big result is handed on in pieces, as a network would.
const CHUNK_BYTES = 1 << 18;

function hasColumns(result) {
  return result.fields.length > 0 || result.rows.length > 0;
}

class ServerError extends Error {
  constructor(fields, queryId) {
    super(fields.message);
    this.fields = { severity: "ERROR", code: "XX000", ...fields };
    this.queryId = queryId;
  }
}

function unsupported(what) {
  return new ServerError({ code: "0A000", message: `${what} is not supported in a migration` });
}

class PgSession extends EventEmitter {
  /** `ask(text, params, types)` gives the results or throws a ServerError. */
  constructor(ask) {
    super();
    this.ask = ask;
    this.writable = true;
    this.destroyed = false;
    this.lastErrorQueryId = null;
    this.statements = new Map();
    this.portals = new Map();
    this.skipToSync = false;
    this.inbox = [];
    this.working = false;
    this.out = [];
    this.outBytes = 0;
    this.reader = new FrontendReader((message) => this.inbox.push(message));
  }

  // --- what a client library does to its socket

  connect() {
    process.nextTick(() => {
      this.emit("connect");
      this.emit("ready");
    });
    return this;
  }

  write(chunk, encodingOrDone, done) {
    this.reader.push(Buffer.from(chunk));
    this.work();
    const callback = typeof encodingOrDone === "function" ? encodingOrDone : done;
    if (callback) {
      process.nextTick(callback);
    }
    return true;
  }

  end() {
    this.destroy();
    return this;
  }

  destroy() {
    if (!this.destroyed) {
      this.destroyed = true;
      this.writable = false;
      process.nextTick(() => {
        this.emit("end");
        this.emit("close");
      });
    }
    return this;
  }

  cork() {}
  uncork() {}
  ref() {
    return this;
  }
  unref() {
    return this;
  }
  setNoDelay() {
    return this;
  }
  setKeepAlive() {
    return this;
  }
  setTimeout() {
    return this;
  }

  // --- the server's side

  async work() {
    if (this.working) {
      return;
    }
    this.working = true;
    // The client attaches its listeners after its first write.
    await null;
    while (this.inbox.length > 0 && !this.destroyed) {
      const message = this.inbox.shift();
      if (this.skipToSync && message.kind !== "sync" && message.kind !== "terminate") {
        continue;
      }
      try {
        await this.serve(message);
      } catch (error) {
        this.serveError(message, error);
      }
      this.flush();
    }
    this.working = false;
  }

  serveError(message, error) {
    const fields = error instanceof ServerError ? error.fields : { message: String(error) };
    this.lastErrorQueryId = error instanceof ServerError ? error.queryId : null;
    this.put(backend.errorResponse(fields));
    if (message.kind === "query" || message.isQuery) {
      this.put(backend.readyForQuery("I"));
    } else {
      this.skipToSync = true;
    }
  }

  async serve(message) {
    switch (message.kind) {
      case "sslRequest":
        return this.put(backend.sslRefused());
      case "startup":
        this.put(backend.authenticationOk());
        return this.put(backend.readyForQuery("I"));
      case "query":
        return this.simpleQuery(message.text);
      case "parse":
        this.statements.set(message.name, { text: message.text, types: message.types });
        return this.put(backend.parseComplete());
      case "bind":
        return this.bind(message);
      case "describe":
        return this.describe(message);
      case "execute":
        return this.execute(message);
      case "close":
        (message.what === "S" ? this.statements : this.portals).delete(message.name);
        return this.put(backend.closeComplete());
      case "sync":
        this.skipToSync = false;
        this.portals.clear();
        return this.put(backend.readyForQuery("I"));
      case "flush":
        return undefined;
      case "terminate":
        return this.destroy();
      case "malformed":
        throw new ServerError({
          code: "08P01",
          message: "invalid message format",
          routine: "pq_getmsgend",
        });
      default:
        throw unsupported(`the protocol message '${message.type || message.kind}'`);
    }
  }

  async simpleQuery(text) {
    const results = await this.ask(text, null, []);
    if (results.length === 0) {
      this.put(backend.emptyQuery());
    }
    for (const result of results) {
      if (hasColumns(result)) {
        this.put(backend.rowDescription(result.fields));
      }
      result.rows.forEach((row) => this.put(backend.dataRow(row)));
      this.putEnd(result);
    }
    this.put(backend.readyForQuery("I"));
  }

  bind({ portal, statement, params, binaryResult }) {
    if (binaryResult) {
      throw unsupported("a result in binary format");
    }
    const { text, types } = this.statements.get(statement);
    this.portals.set(portal, { text, types, params, result: null, next: 0 });
    this.put(backend.bindComplete());
  }

  async describe({ what, name }) {
    if (what === "S") {
      throw unsupported("describing a statement before it runs");
    }
    const result = await this.resultOf(name);
    this.put(hasColumns(result) ? backend.rowDescription(result.fields) : backend.noData());
  }

  async execute({ portal, limit }) {
    const result = await this.resultOf(portal);
    const cursor = this.portals.get(portal);
    const end = limit > 0 ? Math.min(cursor.next + limit, result.rows.length) : result.rows.length;
    for (; cursor.next < end; cursor.next += 1) {
      this.put(backend.dataRow(result.rows[cursor.next]));
    }
    if (end < result.rows.length) {
      this.put(backend.portalSuspended());
    } else {
      this.putEnd(result);
    }
  }

  /** The parent runs a statement as a whole, so its rows are all here from the first message on. */
  async resultOf(portal) {
    const cursor = this.portals.get(portal);
    if (!cursor.result) {
      const results = await this.ask(cursor.text, cursor.params, cursor.types);
      cursor.result = results[0] || { tag: "", fields: [], rows: [] };
    }
    return cursor.result;
  }

  putEnd(result) {
    this.put(result.tag === "" ? backend.emptyQuery() : backend.commandComplete(result.tag));
  }

  put(buffer) {
    this.out.push(buffer);
    this.outBytes += buffer.length;
    if (this.outBytes >= CHUNK_BYTES) {
      this.flush();
    }
  }

  flush() {
    if (this.out.length > 0) {
      const chunk = Buffer.concat(this.out);
      this.out = [];
      this.outBytes = 0;
      this.emit("data", chunk);
    }
  }
}

module.exports = { PgSession, ServerError };
