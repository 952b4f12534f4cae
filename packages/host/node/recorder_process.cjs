// SPDX-License-Identifier: MIT
//
// The process in which migrations are recorded. Where Node has a permission model, it can write no file
// and start no process; it is killed when it is silent for longer than one recording may take.
"use strict";

const fs = require("node:fs");
const { spawn } = require("node:child_process");
const { definitions } = require("./host_definitions.cjs");
const { LineReader, encode } = require("./protocol.cjs");

// Beside the time of a recording: starting Node, loading TypeORM, a busy machine.
const GRACE_MS = 500;
const START_MS = 20_000;
const MS_PER_TICK = 10;

const ENTRY = "./recorder_main.cjs";

/** The host's own files again, as a script with another entry. */
function script() {
  const parts = [...definitions].map(
    ([name, define]) => `definitions.set(${JSON.stringify(name)}, ${define});\n`,
  );
  return `"use strict";
const definitions = new Map();
const loaded = new Map();
const nodeRequire = require;
${parts.join("")}
function load(name) {
  if (!loaded.has(name)) {
    const module = { exports: {} };
    loaded.set(name, module);
    definitions.get(name)(module, module.exports, (request) =>
      definitions.has(request) ? load(request) : nodeRequire(request));
  }
  return loaded.get(name).exports;
}
load(${JSON.stringify(ENTRY)});
`;
}

function permissionFlags() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < 20) {
    return [];
  }
  const isStable = major > 23 || (major === 23 && minor >= 5) || (major === 22 && minor >= 13);
  return [isStable ? "--permission" : "--experimental-permission", "--allow-fs-read=*"];
}

/**
 * The processor time that a process has used. On a busy machine it may be silent because others run;
 * where the system does not tell, time is time.
 */
function cpuMs(pid) {
  try {
    const fields = fs.readFileSync(`/proc/${pid}/stat`, "utf8").replace(/^.*\) /s, "").split(" ");
    return (Number(fields[11]) + Number(fields[12])) * MS_PER_TICK;
  } catch {
    return Infinity;
  }
}

/** What modules are found by, and nothing that could be a secret. */
function environment() {
  const { PATH, NODE_PATH } = process.env;
  return { ...(PATH ? { PATH } : {}), ...(NODE_PATH ? { NODE_PATH } : {}) };
}

/** A loop without end does not notice that its host was killed; the kernel does, through setpriv(1). */
function dyingWithUs(command) {
  const setpriv = "/usr/bin/setpriv";
  return fs.existsSync(setpriv) ? [setpriv, "--pdeathsig", "KILL", "--", ...command] : command;
}

class RecorderProcess {
  constructor(cwd) {
    const memory = ["--max-old-space-size=1024", "--max-semi-space-size=32"];
    const flags = ["--no-warnings", "--experimental-vm-modules", ...memory];
    const node = [process.execPath, ...permissionFlags(), ...flags, "--input-type=commonjs", "-"];
    const [program, ...args] = dyingWithUs(node);
    this.child = spawn(program, args, {
      cwd,
      env: environment(),
      stdio: ["pipe", "ignore", "ignore", "pipe", "pipe"],
    });
    this.waiting = null;
    this.item = null;
    this.isSilent = false;
    this.isBusyForUs = true;
    const [stdin, , , input, output] = this.child.stdio;
    this.handles = [this.child, stdin, input, output];
    for (const stream of [stdin, input, output]) {
      stream.on("error", () => {});
    }
    stdin.end(script());
    this.input = input;
    const lines = new LineReader((line) => this.receive(JSON.parse(line)));
    output.on("data", (chunk) => lines.push(chunk));
    this.child.on("error", () => this.finish(null));
    this.child.on("close", () => this.finish(null));
    this.keepAlive(false);
  }

  /** Gives {message} with its answer, or {item, isSilent}: what it was working on when it ended. */
  request(params, limitMs) {
    return new Promise((resolve) => {
      this.waiting = resolve;
      this.item = null;
      this.limitMs = limitMs;
      this.keepAlive(true);
      this.watch();
      this.input.write(encode({ id: 1, method: "record", params }));
    });
  }

  receive(message) {
    // It loads a package, which is not the migration's doing.
    this.isBusyForUs = message.type === "loading";
    if (message.type === "begin") {
      this.item = message.item;
    }
    if (message.type === "result" || message.type === "error") {
      this.finish(message);
    } else {
      this.watch();
    }
  }

  /** It has said something: what it does now may take its time. */
  watch() {
    this.heardAt = performance.now();
    this.cpuThen = cpuMs(this.child.pid);
    this.wait(this.isBusyForUs ? START_MS : this.limitMs + GRACE_MS);
  }

  wait(ms) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      const cpu = cpuMs(this.child.pid) - this.cpuThen;
      const isStarved = cpu < this.limitMs && performance.now() - this.heardAt < START_MS;
      if (isStarved) {
        this.wait(this.limitMs - cpu + GRACE_MS);
      } else {
        this.isSilent = true;
        this.child.kill("SIGKILL");
      }
    }, ms);
  }

  finish(message) {
    clearTimeout(this.timer);
    const { waiting, item, isSilent } = this;
    this.waiting = null;
    this.keepAlive(false);
    if (waiting) {
      waiting({ message, item, isSilent });
    }
  }

  /** While nothing is recorded, this process must not seem to be something the host waits for. */
  keepAlive(yes) {
    for (const handle of this.handles) {
      if (yes) {
        handle.ref?.();
      } else {
        handle.unref?.();
      }
    }
  }
}

module.exports = { RecorderProcess };
