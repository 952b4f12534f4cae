// SPDX-License-Identifier: MIT
//
// Traps in the global objects of the recorder's process: what could make a migration's outcome depend
// on more than its code makes it dynamic. Outside a recording everything works as ever.
"use strict";

const { context, look } = require("./recording.cjs");
const { TRAPS, changing } = require("./recording_values.cjs");

/** What only computes. Every other global, also one that a newer Node has, is trapped. */
const PURE_GLOBALS = new Set([
  ...["Object", "Function", "Array", "Number", "Boolean", "String", "Symbol", "BigInt", "Date", "Promise"],
  ...["RegExp", "Map", "Set", "WeakMap", "WeakSet", "Proxy", "Reflect", "JSON", "Math", "Iterator"],
  ...["Error", "AggregateError", "EvalError", "RangeError", "ReferenceError", "SyntaxError", "TypeError"],
  ...["URIError", "SuppressedError", "DOMException"],
  ...["parseFloat", "parseInt", "isFinite", "isNaN", "Infinity", "NaN", "undefined"],
  ...["decodeURI", "decodeURIComponent", "encodeURI", "encodeURIComponent", "escape", "unescape"],
  ...["ArrayBuffer", "DataView", "Uint8Array", "Int8Array", "Uint16Array", "Int16Array", "Uint32Array"],
  ...["Int32Array", "Float16Array", "Float32Array", "Float64Array", "Uint8ClampedArray"],
  ...["BigUint64Array", "BigInt64Array"],
  ...["globalThis", "global", "Buffer", "URL", "URLSearchParams", "TextEncoder", "TextDecoder"],
  ...["structuredClone", "atob", "btoa", "queueMicrotask"],
  ...["clearTimeout", "clearInterval", "clearImmediate"],
]);

/** Names that libraries and compilers ask for to know where they run; no Node has them. */
const ABSENT_GLOBALS = new Set([
  ...["window", "self", "document", "define", "importScripts", "Deno", "Bun", "SuppressedError"],
  ...["Iterator", "Float16Array", "regeneratorRuntime", "__extends", "__assign", "__awaiter", "__generator"],
]);

const REASONS = {
  setTimeout: ["timer", "waits for a timer (setTimeout)"],
  setInterval: ["timer", "waits for a timer (setInterval)"],
  setImmediate: ["timer", "waits for a timer (setImmediate)"],
  performance: ["clock", "asks the clock (performance)"],
  crypto: ["random", "uses the global crypto"],
  fetch: ["network", "uses the network (fetch)"],
  Intl: ["locale", "depends on the locale (Intl)"],
  WeakRef: ["memory", "depends on the garbage collector (WeakRef)"],
  FinalizationRegistry: ["memory", "depends on the garbage collector (FinalizationRegistry)"],
  eval: ["code", "runs code from a text (eval)"],
};

/** Node's own code goes on with what it began before, such as loading what fetch() needs. */
function isCalledByNode(trap) {
  const { prepareStackTrace, stackTraceLimit } = Error;
  const site = {};
  try {
    Error.prepareStackTrace = (_, frames) => frames;
    Error.stackTraceLimit = 1;
    Error.captureStackTrace(site, trap);
    return /^node:(?!vm)/.test(String(site.stack[0]?.getFileName()));
  } finally {
    Error.prepareStackTrace = prepareStackTrace;
    Error.stackTraceLimit = stackTraceLimit;
  }
}

function trapGlobal(name) {
  const original = Object.getOwnPropertyDescriptor(globalThis, name);
  if (!original.configurable) {
    return;
  }
  const [code, message] = REASONS[name] ?? ["global", `uses the global '${name}'`];
  Object.defineProperty(globalThis, name, {
    configurable: true,
    enumerable: original.enumerable,
    get: function get() {
      if (context.current && !isCalledByNode(get)) {
        look(code, message);
      }
      return original.get ? original.get.call(globalThis) : original.value;
    },
    set(value) {
      look("global", `writes to the global '${name}'`);
      const { enumerable } = original;
      Object.defineProperty(globalThis, name, { configurable: true, enumerable, writable: true, value });
    },
  });
}

/** What is not there may be set by another module, so that to look for it is to depend on that. */
function trapAbsentGlobals() {
  const parent = Object.getPrototypeOf(globalThis);
  const check = (key) => {
    const isName = typeof key === "string" && !(key in Object.prototype);
    if (context.current && isName && !ABSENT_GLOBALS.has(key)) {
      look(...(REASONS[key] ?? ["global", `looks for a global '${key}'`]));
    }
  };
  const inherited = Object.getPrototypeOf(parent);
  Object.setPrototypeOf(
    parent,
    new Proxy(inherited, {
      has(target, key) {
        check(key);
        return Reflect.has(target, key);
      },
      get(target, key, receiver) {
        check(key);
        return Reflect.get(target, key, receiver);
      },
    }),
  );
}

/** A method of an object that is trapped whatever it is called on. */
function trapMethods(owner, names, code, message) {
  for (const name of names) {
    const original = Object.getOwnPropertyDescriptor(owner, name);
    if (original && typeof original.value === "function") {
      const method = original.value;
      const trapped = {
        [name](...args) {
          look(code, message.replace("%", name));
          return Reflect.apply(method, this, args);
        },
      };
      Object.defineProperty(owner, name, { ...original, value: trapped[name] });
    }
  }
}

/** Node's own functions, which fill what they get, ask for these too. */
function trapUnsafeBuffers() {
  for (const name of ["allocUnsafe", "allocUnsafeSlow"]) {
    const allocate = Buffer[name];
    Buffer[name] = function trapped(size) {
      if (context.current && !isCalledByNode(trapped)) {
        look("memory", `reads memory as it happens to be (Buffer.${name})`);
      }
      return allocate(size);
    };
  }
}

const DATE = /^[+-]?\d{4,6}(-\d\d(-\d\d)?)?$/;
const TIME_WITH_ZONE = /^[+-]?\d{4,6}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

function checkDateText(text) {
  if (!DATE.test(text) && !TIME_WITH_ZONE.test(text)) {
    look("time-zone", "depends on the time zone (a date without one)");
  }
}

function trapDate() {
  const RealDate = Date;
  const clock = (what) => look("clock", `asks the clock (${what})`);
  trapMethods(RealDate, ["now"], "clock", "asks the clock (Date.%)");
  const parse = RealDate.parse;
  Object.defineProperty(RealDate, "parse", {
    value(text) {
      checkDateText(String(text));
      return parse(text);
    },
  });
  const names = Object.getOwnPropertyNames(RealDate.prototype);
  const isLocal = (name) =>
    /^((get|set)(?!UTC|Time$|Milliseconds$)|to(String|DateString|TimeString|Locale))/.test(name);
  trapMethods(RealDate.prototype, names.filter(isLocal), "time-zone", "depends on the time zone (Date's %)");
  const trapped = new Proxy(RealDate, {
    apply(target, self, args) {
      clock("Date()");
      return Reflect.apply(target, self, args);
    },
    construct(target, args, newTarget) {
      if (args.length === 0) {
        clock("new Date()");
      } else if (args.length > 1) {
        look("time-zone", "depends on the time zone (new Date(year, month, ...))");
      } else if (typeof args[0] === "object" && args[0] !== null && !(args[0] instanceof RealDate)) {
        look("time-zone", "may depend on the time zone (new Date(object))");
      } else if (typeof args[0] === "string") {
        checkDateText(args[0]);
      }
      return Reflect.construct(target, args, newTarget);
    },
  });
  RealDate.prototype.constructor = trapped;
  globalThis.Date = trapped;
}

/** Code from a text is not seen before it runs; and its import() would not be ours. */
function trapFunction() {
  const evaluates = () => look("code", "runs code from a text (new Function)");
  const kinds = [function () {}, async function () {}, function* () {}, async function* () {}];
  for (const prototype of kinds.map(Object.getPrototypeOf)) {
    const trapped = new Proxy(prototype.constructor, {
      apply(target, self, args) {
        evaluates();
        return Reflect.apply(target, self, args);
      },
      construct(target, args, newTarget) {
        evaluates();
        return Reflect.construct(target, args, newTarget);
      },
    });
    Object.defineProperty(prototype, "constructor", { value: trapped });
    if (prototype === Function.prototype) {
      globalThis.Function = trapped;
    }
  }
}

const PROCESS_REASONS = {
  cwd: "asks for the working directory (process.cwd)",
  argv: "reads the command line (process.argv)",
  pid: "asks for the process's number (process.pid)",
  exit: "ends the process (process.exit)",
};
const PROCESS_CLOCKS = new Set(["hrtime", "uptime", "cpuUsage", "resourceUsage"]);

function lookAtProcess(key) {
  const name = String(key);
  if (PROCESS_CLOCKS.has(name)) {
    look("clock", `asks the clock (process.${name})`);
  }
  look("process", PROCESS_REASONS[name] ?? `asks about the process (process.${name})`);
}

/** In the place of an object: traps in a recording, and otherwise as if it were the object. */
function standIn(object, onLook, own = new Map()) {
  const handler = {};
  for (const trap of TRAPS) {
    handler[trap] = (_, ...rest) => {
      onLook(trap, rest[0]);
      return Reflect[trap](object, ...rest);
    };
  }
  handler.get = (_, key) => {
    if (own.has(key)) {
      return own.get(key);
    }
    onLook("get", key);
    return object[key];
  };
  handler.set = (_, key, value) => {
    onLook("set", key);
    return Reflect.set(object, key, value);
  };
  handler.getOwnPropertyDescriptor = (_, key) => {
    onLook("get", key);
    const descriptor = Reflect.getOwnPropertyDescriptor(object, key);
    // A Proxy may not tell of a fixed property that its target has not.
    return descriptor && { ...descriptor, configurable: true };
  };
  return new Proxy(changing, handler);
}

function trapProcess() {
  const { env, nextTick } = process;
  const lookAtEnvironment = (trap, key) => {
    const which = typeof key === "string" ? `the environment variable ${key}` : "the environment";
    look("environment", trap === "set" ? `sets ${which}` : `reads ${which}`);
  };
  const own = new Map([
    ["env", standIn(env, lookAtEnvironment)],
    ["nextTick", nextTick],
  ]);
  const value = standIn(process, (_, key) => lookAtProcess(key), own);
  Object.defineProperty(globalThis, "process", { configurable: true, writable: true, value });
}

/** What a migration prints says nothing to the database, so it is let through, to nowhere. */
function silenceConsole() {
  const real = console;
  const silent = Object.freeze(
    Object.fromEntries(
      Object.keys(real)
        .filter((name) => typeof real[name] === "function")
        .map((name) => [name, () => {}]),
    ),
  );
  Object.defineProperty(globalThis, "console", {
    configurable: true,
    get: () => (context.current ? silent : real),
  });
}

function installTraps() {
  trapDate();
  trapFunction();
  trapMethods(Math, ["random"], "random", "uses chance (Math.%)");
  const locale = ["locale", "depends on the locale (%)"];
  trapMethods(String.prototype, ["localeCompare", "toLocaleLowerCase", "toLocaleUpperCase"], ...locale);
  const typedArray = Object.getPrototypeOf(Uint8Array.prototype);
  for (const prototype of [Number.prototype, BigInt.prototype, Array.prototype, typedArray]) {
    trapMethods(prototype, ["toLocaleString"], ...locale);
  }
  trapUnsafeBuffers();
  trapProcess();
  silenceConsole();
  const special = new Set([...PURE_GLOBALS, "process", "console"]);
  // Some of Node's are made when first asked for, which must not look as if a migration had.
  PURE_GLOBALS.forEach((name) => void globalThis[name]);
  Object.getOwnPropertyNames(globalThis)
    .filter((name) => !special.has(name))
    .forEach(trapGlobal);
  trapAbsentGlobals();
}

module.exports = { installTraps };
