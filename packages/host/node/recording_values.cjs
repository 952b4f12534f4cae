// SPDX-License-Identifier: MIT
//
// What a query resolves or rejects to while a migration is recorded: values that may be passed on but
// not looked at.
//
// A Proxy sees every look but three: whether a value is truthy, what `typeof` says, and whether two are
// the same. Those show when one call is recorded with several kinds of results and the statements differ.
"use strict";

const TRAPS = [
  "apply",
  "construct",
  "defineProperty",
  "deleteProperty",
  "get",
  "getOwnPropertyDescriptor",
  "getPrototypeOf",
  "has",
  "isExtensible",
  "ownKeys",
  "preventExtensions",
  "set",
  "setPrototypeOf",
];

/** Calls `onLook(trap, key)` at any look but that of `await` and at properties that `allowed(key)` gives. */
function handlerOf(onLook, allowed = () => undefined) {
  const handler = {};
  for (const trap of TRAPS) {
    handler[trap] = (object, ...rest) => {
      onLook(trap, rest[0]);
      return Reflect[trap](object, ...rest);
    };
  }
  const { get } = handler;
  handler.get = (object, key) => {
    if (key === "then") {
      return undefined;
    }
    const value = allowed(key);
    return value === undefined ? get(object, key) : value;
  };
  return handler;
}

function watched(target, onLook, allowed) {
  return new Proxy(target, handlerOf(onLook, allowed));
}

/** The target of a Proxy of which util.inspect, which looks behind it, shall not see the same twice. */
const changing = { recording: 0 };

/** The values for queries, of which there are many; `look(code, message)` is told of a look. */
class QueryValues {
  constructor(look) {
    this.resultHandler = handlerOf(() => look("result", "looks at the result of a query"));
    this.failureHandler = handlerOf(() => look("error", "looks at the error of a query"));
  }

  result(kind) {
    switch (kind) {
      case "watched":
        return new Proxy([], this.resultHandler);
      case "nothing":
        return undefined;
      default:
        // For the few native functions that look behind a Proxy, such as util.inspect.
        return [{ medusa: 1 }, { medusa: 2 }];
    }
  }

  /** It may be thrown on; what depends on its code or message is not known. */
  failure() {
    return new Proxy(new Error("a query failed while recorded"), this.failureHandler);
  }
}

module.exports = { QueryValues, TRAPS, changing, handlerOf, watched };
