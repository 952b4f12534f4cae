// SPDX-License-Identifier: MIT
//
// The entry of the recorder's process, in which the code of migrations runs among traps. It speaks the
// host's protocol (protocol.cjs) with the host, and says in between what it is working on, so that the
// host knows what to blame if it never comes back.
"use strict";

const { Channel } = require("./protocol.cjs");
const { HostError, messageOf, reportError } = require("./error_report.cjs");
const { MemberRecording } = require("./recording_member.cjs");
const { context } = require("./recording.cjs");
const { installTraps } = require("./recording_traps.cjs");
const { ModuleSources } = require("./recording_modules.cjs");
const { Parameters, TypeormRunners } = require("./recording_runner.cjs");
const { Positions } = require("./recording_positions.cjs");
const { SharedGlobals } = require("./recording_globals.cjs");

const realProcess = process;
const clock = performance;
const BEAT_MS = 100;

for (const name of ["uncaughtException", "unhandledRejection"]) {
  realProcess.on(name, (error) => context.current?.stray(error));
}

const channel = new Channel({
  onMessage: ({ id, params }) => answer(id, params),
  onUnreadable: () => realProcess.exit(1),
  onEnd: () => realProcess.exit(0),
});

/** Around the loading of a package that all migrations share. */
const sharing = {
  begin: () => channel.send({ type: "loading" }),
  end() {
    globals.refresh();
    channel.send({ type: "beat" });
  },
};

const positions = new Positions();
installTraps();
const globals = new SharedGlobals();
const recorder = {
  positions,
  globals,
  sources: new ModuleSources(positions, sharing),
  parameters: new Parameters(sharing),
  typeorm: new TypeormRunners(sharing),
  beat,
  end: () => realProcess.exit(1),
};

let lastBeat = 0;
function beat() {
  const now = clock.now();
  if (now - lastBeat > BEAT_MS) {
    lastBeat = now;
    channel.send({ type: "beat" });
  }
}

async function answer(id, params) {
  try {
    recorder.sources.clear();
    const begin = (item) => channel.send({ type: "begin", item });
    const value = await new MemberRecording(recorder, params, begin).run();
    channel.send({ type: "result", id, value });
  } catch (error) {
    const failed = new HostError("recorder-failed", `migrations cannot be recorded: ${messageOf(error)}`);
    channel.send({ type: "error", id, error: reportError(failed) });
  }
}
