// SPDX-License-Identifier: MIT
//
// The part of PostgreSQL's frontend/backend protocol (version 3) that a client library needs to run
// queries: reads what the client sends, writes what a server answers.
// https://www.postgresql.org/docs/current/protocol-message-formats.html
"use strict";

const TEXT = 0;
const BINARY = 1;
const SSL_REQUEST = 80877103;

class FieldReader {
  constructor(buffer) {
    this.buffer = buffer;
    this.at = 0;
  }

  int16() {
    this.at += 2;
    return this.buffer.readInt16BE(this.at - 2);
  }

  int32() {
    this.at += 4;
    return this.buffer.readInt32BE(this.at - 4);
  }

  cstring() {
    const end = this.buffer.indexOf(0, this.at);
    const text = this.buffer.toString("utf8", this.at, end);
    this.at = end + 1;
    return text;
  }

  bytes(length) {
    this.at += length;
    return this.buffer.subarray(this.at - length, this.at);
  }

  list(read) {
    return Array.from({ length: this.int16() }, read);
  }
}

function readBind(fields) {
  const portal = fields.cstring();
  const statement = fields.cstring();
  const formats = fields.list(() => fields.int16());
  const values = fields.list(() => {
    const length = fields.int32();
    return length === -1 ? null : fields.bytes(length);
  });
  const resultFormats = fields.list(() => fields.int16());
  // No format means text for all, one format holds for all.
  const formatOf = (index) => (formats.length > 1 ? formats[index] : (formats[0] ?? TEXT));
  const params = values.map((value, index) => {
    if (value === null) {
      return null;
    }
    return formatOf(index) === BINARY
      ? { bytes: value.toString("base64") }
      : { text: value.toString("utf8") };
  });
  return { kind: "bind", portal, statement, params, binaryResult: resultFormats.includes(BINARY) };
}

const READERS = {
  Q: (fields) => ({ kind: "query", text: fields.cstring() }),
  P: (fields) => ({
    kind: "parse",
    name: fields.cstring(),
    text: fields.cstring(),
    types: fields.list(() => fields.int32()),
  }),
  B: readBind,
  D: (fields) => ({ kind: "describe", what: String.fromCharCode(fields.bytes(1)[0]), name: fields.cstring() }),
  E: (fields) => ({ kind: "execute", portal: fields.cstring(), limit: fields.int32() }),
  C: (fields) => ({ kind: "close", what: String.fromCharCode(fields.bytes(1)[0]), name: fields.cstring() }),
  S: () => ({ kind: "sync" }),
  H: () => ({ kind: "flush" }),
  X: () => ({ kind: "terminate" }),
  f: (fields) => ({ kind: "copyFail", message: fields.cstring() }),
};

/** A text with a NUL in it ends early; what follows then is not what it seems to be. */
function readWhole(read, fields, type) {
  try {
    const message = read(fields);
    if (fields.at === fields.buffer.length) {
      return message;
    }
  } catch (error) {
    if (!(error instanceof RangeError)) {
      throw error;
    }
  }
  return { kind: "malformed", isQuery: type === "Q" };
}

/** Cuts what a client writes into messages. */
class FrontendReader {
  constructor(onMessage) {
    this.onMessage = onMessage;
    this.rest = Buffer.alloc(0);
    this.started = false;
  }

  push(chunk) {
    this.rest = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    for (;;) {
      // Only the very first message has no type byte.
      const header = this.started ? 1 : 0;
      if (this.rest.length < header + 4) {
        return;
      }
      const length = this.rest.readInt32BE(header);
      if (this.rest.length < header + length) {
        return;
      }
      const type = this.started ? String.fromCharCode(this.rest[0]) : null;
      const fields = new FieldReader(this.rest.subarray(header + 4, header + length));
      this.rest = this.rest.subarray(header + length);
      this.dispatch(type, fields);
    }
  }

  dispatch(type, fields) {
    if (type === null) {
      if (fields.int32() === SSL_REQUEST) {
        this.onMessage({ kind: "sslRequest" });
      } else {
        this.started = true;
        this.onMessage({ kind: "startup" });
      }
      return;
    }
    const read = READERS[type];
    this.onMessage(read ? readWhole(read, fields, type) : { kind: "unknown", type });
  }
}

function message(type, ...parts) {
  const body = Buffer.concat(parts);
  const head = Buffer.alloc(5);
  head.write(type, 0, "latin1");
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

function int16(value) {
  const buffer = Buffer.alloc(2);
  buffer.writeInt16BE(value);
  return buffer;
}

function int32(value) {
  const buffer = Buffer.alloc(4);
  buffer.writeInt32BE(value);
  return buffer;
}

/** Object ids are unsigned. */
function uint32(value) {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32BE(value);
  return buffer;
}

function cstring(text) {
  return Buffer.from(`${text}\0`, "utf8");
}

function rowDescription(fields) {
  const parts = fields.map((field) =>
    Buffer.concat([
      cstring(field.name),
      uint32(field.tableOid || 0),
      int16(field.column || 0),
      uint32(field.oid),
      int16(field.size ?? -1),
      int32(field.typmod ?? -1),
      int16(TEXT),
    ]),
  );
  return message("T", int16(fields.length), ...parts);
}

/** One buffer, filled once: this is what a big result is made of. */
function dataRow(values) {
  let length = 7;
  const sizes = values.map((value) => {
    const size = value === null ? -1 : Buffer.byteLength(value, "utf8");
    length += 4 + Math.max(size, 0);
    return size;
  });
  const buffer = Buffer.allocUnsafe(length);
  buffer.write("D", 0, "latin1");
  buffer.writeInt32BE(length - 1, 1);
  buffer.writeInt16BE(values.length, 5);
  let at = 7;
  values.forEach((value, index) => {
    buffer.writeInt32BE(sizes[index], at);
    at += 4;
    if (value !== null) {
      at += buffer.write(value, at, "utf8");
    }
  });
  return buffer;
}

const ERROR_FIELDS = {
  severity: "S",
  code: "C",
  message: "M",
  detail: "D",
  hint: "H",
  position: "P",
  internalPosition: "p",
  internalQuery: "q",
  where: "W",
  schema: "s",
  table: "t",
  column: "c",
  dataType: "d",
  constraint: "n",
  file: "F",
  line: "L",
  routine: "R",
};

function errorResponse(error) {
  const parts = [];
  for (const [name, type] of Object.entries(ERROR_FIELDS)) {
    if (error[name] !== undefined && error[name] !== null) {
      parts.push(cstring(`${type}${error[name]}`));
    }
  }
  return message("E", ...parts, Buffer.from([0]));
}

const backend = {
  authenticationOk: () => message("R", int32(0)),
  bindComplete: () => message("2"),
  closeComplete: () => message("3"),
  commandComplete: (tag) => message("C", cstring(tag)),
  dataRow,
  emptyQuery: () => message("I"),
  errorResponse,
  noData: () => message("n"),
  noParameters: () => message("t", int16(0)),
  parseComplete: () => message("1"),
  portalSuspended: () => message("s"),
  readyForQuery: (status) => message("Z", Buffer.from(status, "latin1")),
  rowDescription,
  sslRefused: () => Buffer.from("N", "latin1"),
};

module.exports = { FrontendReader, backend };
