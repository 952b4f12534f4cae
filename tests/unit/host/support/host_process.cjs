// SPDX-License-Identifier: MIT
//
// Runs the host as the executable does: all its files wrapped as functions of one script that comes
// on stdin, requests on fd 3, messages on fd 4.
"use strict";

const { spawn } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");
const { after } = require("node:test");

const HOST = path.resolve(__dirname, "../../../../packages/host/node");

function hostScript() {
  const modules = fs
    .readdirSync(HOST)
    .filter((name) => name.endsWith(".cjs"))
    .map((name) => {
      const text = fs.readFileSync(path.join(HOST, name), "utf8");
      return `${JSON.stringify(`./${name}`)}: function (module, exports, require) {${text}\n},`;
    });
  return `"use strict";
const registry = {${modules.join("\n")}};
registry["./host_definitions.cjs"] = (module) => {
  module.exports = { definitions: new Map(Object.entries(registry)) };
};
const loaded = new Map();
const load = (name) => {
  if (!Object.hasOwn(registry, name)) return require(name);
  if (!loaded.has(name)) {
    const module = { exports: {} };
    loaded.set(name, module);
    registry[name](module, module.exports, load);
  }
  return loaded.get(name).exports;
};
load("./main.cjs");
`;
}

/** One host for a test file, whose top level calls this: to load TypeORM takes longer than a test. */
function sharedHost() {
  const host = new HostProcess({ cwd: __dirname });
  after(() => host.end());
  return host;
}

/** A query's answer when a test does not care. */
function defaultAnswer({ text }) {
  const one = (name, value) => ({
    results: [{ tag: "SELECT 1", fields: [{ name, oid: 25 }], rows: [[value]] }],
  });
  if (text.includes("version()")) {
    return one("version", "PostgreSQL 15.0 on a test");
  }
  if (text.includes("current_schema()")) {
    return one("current_schema", "public");
  }
  if (text.includes("current_database()")) {
    return one("current_database", "shop");
  }
  return { results: [{ tag: "OK", fields: [], rows: [] }] };
}

class HostProcess {
  constructor({ cwd, onQuery = defaultAnswer } = {}) {
    this.onQuery = onQuery;
    this.messages = [];
    this.queries = [];
    this.pending = new Map();
    this.lastId = 0;
    this.stdout = "";
    this.stderr = "";
    this.answering = Promise.resolve();
    const args = ["--enable-source-maps", "--input-type=commonjs", "-"];
    this.child = spawn(process.execPath, args, {
      cwd,
      // A test says itself which packages there are.
      env: { ...process.env, NODE_PATH: "" },
      stdio: ["pipe", "pipe", "pipe", "pipe", "pipe"],
    });
    this.child.stdin.end(hostScript());
    this.child.stdout.on("data", (chunk) => (this.stdout += chunk));
    this.child.stderr.on("data", (chunk) => (this.stderr += chunk));
    this.child.stdio[3].on("error", () => {});
    this.exited = new Promise((resolve) =>
      this.child.on("close", (code, signal) => {
        this.pending.forEach(({ reject }) =>
          reject(new Error(`the host ended (${code ?? signal}): ${this.stderr}`)),
        );
        resolve(code);
      }),
    );
    let rest = "";
    this.child.stdio[4].setEncoding("utf8").on("data", (chunk) => {
      const lines = (rest + chunk).split("\n");
      rest = lines.pop();
      lines.forEach((line) => this.receive(JSON.parse(line)));
    });
  }

  receive(message) {
    this.messages.push(message);
    if (message.type === "query") {
      this.queries.push(message);
      // One after the other, as over one connection.
      this.answering = this.answering.then(async () => {
        const answer = (await this.onQuery(message)) ?? defaultAnswer(message);
        const type = answer.error ? "query_error" : "rows";
        this.send({ type, id: message.id, ...answer });
      });
      return;
    }
    const waiting = this.pending.get(message.id);
    if (waiting && message.type !== "part") {
      this.pending.delete(message.id);
      waiting.resolve(message);
    }
  }

  send(message) {
    this.sendLine(JSON.stringify(message));
  }

  sendLine(line) {
    this.child.stdio[3].write(`${line}\n`);
  }

  /** The whole answer to a request, be it a result or an error. */
  request(method, params) {
    this.lastId += 1;
    const id = this.lastId;
    return new Promise((resolve, reject) => {
      this.pending.set(id, { resolve, reject });
      this.send({ id, method, params });
    });
  }

  async result(method, params) {
    const answer = await this.request(method, params);
    if (answer.type !== "result") {
      throw new Error(`${method}: ${JSON.stringify(answer.error)}`);
    }
    return answer.value;
  }

  /** The parts of an answer, in the order in which they came. */
  async parts(method, params) {
    const seen = this.messages.length;
    const answered = this.result(method, params);
    const request = this.lastId;
    await answered;
    const parts = this.messages.slice(seen).filter(({ type, id }) => type === "part" && id === request);
    return parts.map(({ value }) => value);
  }

  async error(method, params) {
    const answer = await this.request(method, params);
    if (answer.type !== "error") {
      throw new Error(`${method} did not fail: ${JSON.stringify(answer.value)}`);
    }
    return answer.error;
  }

  /** Ends the host as the parent does; gives its exit code. */
  end() {
    this.child.stdio[3].end();
    return this.exited;
  }
}

module.exports = { HostProcess, defaultAnswer, sharedHost };
