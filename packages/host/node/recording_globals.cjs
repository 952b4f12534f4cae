// SPDX-License-Identifier: MIT
//
// Notices what a migration writes to the objects that all modules share, and undoes it.
"use strict";

const { getOwnPropertyDescriptor, getPrototypeOf } = Object;
const { ownKeys } = Reflect;

function same(a, b) {
  return (
    a !== undefined &&
    Object.is(a.value, b.value) &&
    a.get === b.get &&
    a.set === b.set &&
    a.writable === b.writable &&
    a.enumerable === b.enumerable
  );
}

/** The global object and, from it, the built-in functions and their prototypes. */
function sharedObjects() {
  const found = new Map([[globalThis, "globalThis"]]);
  const add = (value, name) => {
    const isObject = (typeof value === "object" && value !== null) || typeof value === "function";
    if (!isObject || found.has(value)) {
      return;
    }
    found.set(value, name);
    const prototype = getOwnPropertyDescriptor(value, "prototype");
    if (prototype && prototype.value) {
      add(prototype.value, `${name}.prototype`);
      add(getPrototypeOf(prototype.value), `the prototype of ${name}.prototype`);
    }
  };
  for (const name of Object.getOwnPropertyNames(globalThis)) {
    const descriptor = getOwnPropertyDescriptor(globalThis, name);
    if ("value" in descriptor && name !== "process" && !/^[a-z]+_?[a-z]+$/.test(name)) {
      add(descriptor.value, name);
    }
  }
  const kinds = [async function () {}, function* () {}, async function* () {}];
  kinds.map(getPrototypeOf).forEach((each) => {
    add(each, "a kind of functions");
    each.prototype && add(each.prototype, "a kind of generators");
  });
  for (const iterator of [[].values(), new Map().values(), new Set().values(), ""[Symbol.iterator]()]) {
    add(getPrototypeOf(iterator), "an iterator");
  }
  return found;
}

/** Without making a descriptor of each property, because this is asked after every recording. */
function isUnchanged({ object, keys, changeable, isExtensible }) {
  return (
    ownKeys(object).length === keys.length &&
    Object.isExtensible(object) === isExtensible &&
    changeable.every(([key, known]) =>
      "value" in known
        ? Object.is(object[key], known.value)
        : same(getOwnPropertyDescriptor(object, key), known),
    )
  );
}

class SharedGlobals {
  constructor() {
    this.refresh();
  }

  /** Takes the present state for the right one: after a shared package has been loaded. */
  refresh() {
    this.objects = [...sharedObjects()].map(([object, name]) => {
      const keys = ownKeys(object);
      const values = keys.map((key) => getOwnPropertyDescriptor(object, key));
      // The others cannot change, and to ask a function for its "caller" takes long.
      const changeable = keys
        .map((key, index) => [key, values[index]])
        .filter(([, known]) => known.configurable || known.writable);
      return { object, name, keys, values, changeable, isExtensible: Object.isExtensible(object) };
    });
  }

  /** Restores what was changed since; gives the name of the first such property, or null. */
  restore() {
    let changed = null;
    for (const each of this.objects) {
      if (!isUnchanged(each)) {
        changed = this.restoreObject(each, ownKeys(each.object)) ?? changed;
      }
    }
    return changed;
  }

  /** What has been frozen stays so, for all that come after. */
  get isSpoiled() {
    return this.objects.some((each) => each.isExtensible && !Object.isExtensible(each.object));
  }

  restoreObject({ object, name, keys, values }, now) {
    let changed = null;
    const nameOf = (key) => (object === globalThis ? String(key) : `${name}.${String(key)}`);
    for (const key of now.filter((each) => !keys.includes(each))) {
      changed = nameOf(key);
      Reflect.deleteProperty(object, key);
    }
    keys.forEach((key, index) => {
      if (!same(getOwnPropertyDescriptor(object, key), values[index])) {
        changed = nameOf(key);
        Reflect.defineProperty(object, key, values[index]);
      }
    });
    return changed ?? name;
  }
}

module.exports = { SharedGlobals };
