// SPDX-License-Identifier: MIT
//
// The entry of the host: opens the channel and says which file serves which request.
"use strict";

const { Channel, PROTOCOL_VERSION } = require("./protocol.cjs");
const { Dispatcher } = require("./dispatcher.cjs");
const { HostError, reportError } = require("./error_report.cjs");
const { PgBridge } = require("./pg_bridge.cjs");
const { build } = require("./compiler.cjs");
const { describe } = require("./migration_description.cjs");
const { flags } = require("./feature_flags.cjs");
const { listModule } = require("./module_list.cjs");
const { MigrationRun } = require("./migration_run.cjs");
const { Recorder } = require("./recorder.cjs");

// Ten frames do not reach from a query through TypeORM back to the migration.
Error.stackTraceLimit = Math.max(Error.stackTraceLimit || 0, 50);

const bridge = new PgBridge({
  send: (message) => channel.send(message),
  onOutstandingChange: () => dispatcher.updateKeepAlive(),
});
const migrationRun = new MigrationRun(bridge);
const recorder = new Recorder();

const dispatcher = new Dispatcher({
  methods: {
    build: (params, task) => task.watch(build(params)),
    describe: (params, task) => describe(params, task, () => channel.flushed()),
    flags: async (params) => flags(params),
    list_module: (params, task) => task.watch(listModule(params)),
    prepare: (params) => migrationRun.prepare(params),
    record: (params, task) => task.watch(recorder.record(params, (value) => task.part(value))),
    run: (params, task) => migrationRun.run(params, task),
  },
  send: (message) => channel.send(message),
  keepAlive: (yes) => channel.keepAlive(yes),
  isWaitingForParent: () => bridge.outstanding > 0,
});

const channel = new Channel({
  onMessage(message) {
    if (message && (message.type === "rows" || message.type === "query_error")) {
      if (!bridge.answer(message)) {
        dispatcher.fail(new Error(`an answer to a query that is not under way: ${message.id}`));
      }
    } else {
      dispatcher.accept(message);
    }
  },
  onUnreadable(error) {
    const unreadable = new HostError("bad-request", `a line is not JSON: ${error.message}`);
    channel.send({ type: "error", id: null, error: reportError(unreadable) });
  },
  // A failure that no answer could carry any more must not look like a good end.
  onEnd: () => process.exit(dispatcher.late.length > 0 ? 1 : 0),
});

channel.send({ type: "hello", protocol: PROTOCOL_VERSION, node: process.version });
