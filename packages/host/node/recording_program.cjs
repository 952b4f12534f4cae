// SPDX-License-Identifier: MIT
//
// Recordings of one call under all answers to its questions, as one program; and what makes two of
// them differ.
"use strict";

/** What has the answers of a schema's yes or no questions depend on more than the schema's content. */
const CHANGES_SCHEMA =
  /search_path|set_config|authorization|\bset\s+((local|session)\s+)?role\b|(create|drop|alter)\s+schema/i;

function sameParams(one, other) {
  if (one === null || other === null) {
    return one === other;
  }
  return (
    one.length === other.length &&
    one.every((each, index) => each?.text === other[index]?.text && each?.bytes === other[index]?.bytes)
  );
}

function sameQuery(one, other) {
  return one.sql === other.sql && sameParams(one.params, other.params);
}

function sameEvent(one, other) {
  return one.answer === other.answer && sameQuery(one, other);
}

/** The index of the first event that two recordings do not share, or -1. */
function firstDifference(one, other) {
  const length = Math.max(one.length, other.length);
  for (let index = 0; index < length; index += 1) {
    if (!one[index] || !other[index] || !sameEvent(one[index], other[index])) {
      return index;
    }
  }
  return -1;
}

/**
 * The program of recordings that differ in their answers only; `nodeOf` makes a node of an event.
 * Null if there is a difference that no answer explains.
 */
function programOf(recordings, nodeOf, from = 0) {
  const [first] = recordings;
  const nodes = [];
  for (let index = from; ; index += 1) {
    const event = first.events[index];
    const isShared = recordings.every(({ events: { [index]: each } }) =>
      event ? each && sameQuery(each, event) : !each,
    );
    if (!isShared) {
      return null;
    }
    if (!event) {
      return nodes;
    }
    if (event.answer === undefined) {
      nodes.push(nodeOf(event));
      continue;
    }
    const [yes, no] = [true, false].map((answer) => {
      const those = recordings.filter(({ events }) => events[index].answer === answer);
      return those.length === 0 ? null : programOf(those, nodeOf, index + 1);
    });
    if (!yes || !no) {
      return null;
    }
    const { sql, params, ...place } = nodeOf(event);
    nodes.push({ ask: { sql, params }, ...place, yes, no });
    return nodes;
  }
}

/** Whether a question follows from, or precedes, what changes where tables are looked for. */
function asksWhileSchemaChanges(recordings) {
  return recordings.some(
    ({ events }) =>
      events.some((event) => event.answer !== undefined) &&
      events.some((event) => event.answer === undefined && CHANGES_SCHEMA.test(event.sql)),
  );
}

module.exports = { asksWhileSchemaChanges, firstDifference, programOf };
