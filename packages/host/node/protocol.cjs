// SPDX-License-Identifier: MIT
//
// The protocol between `medusa` (the parent) and its host (this Node process, the child).
//
// The parent writes to the child's fd 3, the child writes to fd 4; one JSON object per line, UTF-8,
// ended by "\n". The child's stdout and stderr are not the channel: they belong to the migrations.
// The child's first line is {"type":"hello","protocol":1,"node":"v20.1.0"}. A request from the parent,
// {"id":1,"method":"run","params":{...}}, has exactly one answer, {"type":"result","id":1,"value":{...}}
// or {"type":"error","id":1,"error":{"code":"...","message":"..."}}, because the parent waits for it;
// requests are worked on one after the other. While a request runs, the child may send
// {"type":"query","id":7,"text":"...","params":null}; the parent answers every query, in the order
// asked, with {"type":"rows","id":7,"results":[...]} or {"type":"query_error","id":7,"error":{...}}.
// {"type":"part","id":1,"value":{...}} comes before the answer to request 1 and is not answered.
// A line that is not understood is answered with an error whose id is null. End of file on fd 3 ends
// the child with exit code 0; end of file on fd 4 without an answer means that the child is gone.
"use strict";

const net = require("node:net");

const PROTOCOL_VERSION = 1;
const READ_FD = 3;
const WRITE_FD = 4;

/** Joins chunks of bytes to lines; a line of many chunks is joined once, not chunk by chunk. */
class LineReader {
  constructor(onLine) {
    this.onLine = onLine;
    this.parts = [];
  }

  push(chunk) {
    let start = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, start)) {
      this.parts.push(chunk.subarray(start, end));
      const line = this.parts.length === 1 ? this.parts[0] : Buffer.concat(this.parts);
      this.parts = [];
      start = end + 1;
      this.onLine(line.toString("utf8"));
    }
    if (start < chunk.length) {
      this.parts.push(chunk.subarray(start));
    }
  }
}

/** JSON without lone surrogates: they have no UTF-8 form, and the parent's reader refuses them. */
function encode(message) {
  const text = JSON.stringify(message);
  if (!/\\ud[89a-f]/i.test(text)) {
    return text + "\n";
  }
  const wellFormed = (_, value) =>
    typeof value === "string" ? value.replace(/\p{Surrogate}/gu, "\uFFFD") : value;
  return JSON.stringify(message, wellFormed) + "\n";
}

/** The two pipes. Nothing is blocking, so that neither side can wait for the other's full pipe. */
class Channel {
  constructor({ onMessage, onUnreadable, onEnd }) {
    this.output = new net.Socket({ fd: WRITE_FD, readable: false, writable: true });
    this.output.on("error", onEnd);
    this.input = new net.Socket({ fd: READ_FD, readable: true, writable: false });
    const lines = new LineReader((line) => {
      let message;
      try {
        message = JSON.parse(line);
      } catch (error) {
        onUnreadable(error);
        return;
      }
      onMessage(message);
    });
    this.input.on("data", (chunk) => lines.push(chunk));
    this.input.on("end", onEnd);
    this.input.on("error", onEnd);
  }

  send(message) {
    this.output.write(encode(message));
  }

  /** Waits until nothing of what was sent is left in this process. */
  async flushed() {
    if (this.output.writableLength > 0) {
      await new Promise((resolve) => this.output.write("", resolve));
    }
  }

  /** Whether waiting for the parent keeps this process alive. */
  keepAlive(yes) {
    if (yes) {
      this.input.ref();
    } else {
      this.input.unref();
    }
  }
}

module.exports = { Channel, LineReader, PROTOCOL_VERSION, encode };
