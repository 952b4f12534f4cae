// SPDX-License-Identifier: MIT
//
// Records all migrations of one member, in the recorder's process.
"use strict";

const fs = require("node:fs");
const { describeExports } = require("./migration_class.cjs");
const { Recording } = require("./recording.cjs");
const { Place } = require("./recording_files.cjs");
const { DirectionRecording, FIRST, SECOND, THIRD } = require("./recording_migration.cjs");
const { Inputs, Modules } = require("./recording_modules.cjs");
const { findPackage } = require("./recording_runner.cjs");

const DIRECTIONS = ["up", "down"];

function keyOf(file, name, direction) {
  return JSON.stringify([file, name, direction]);
}

class MemberRecording {
  /** `recorder` has what outlives a member; `begin` tells the parent what is under way. */
  constructor(recorder, params, begin) {
    const { member, typeormFrom = [], cwd, modules, skip = [] } = params;
    this.recorder = recorder;
    this.member = { ...member, root: fs.realpathSync(member.root) };
    this.begin = (item) => {
      this.item = item;
      begin(item);
    };
    this.origin = { member: this.member, typeormFrom };
    this.positions = recorder.positions;
    this.wire = recorder.parameters.wireFor(this.origin);
    this.places = [false, true].map((isElsewhere) => new Place(this.member.root, cwd, isElsewhere));
    this.inputs = new Map();
    this.skipped = new Map(skip.map((each) => [keyOf(each.file, each.export, each.direction), each.reason]));
    this.files = modules.map(({ file, sourceRoot }) => {
      const real = fs.realpathSync(file);
      if (sourceRoot) {
        this.positions.sourceRoots.set(real, sourceRoot);
      }
      return { file, real, migrations: [], reason: null };
    });
  }

  // --- what one recording asks for

  beat() {
    this.recorder.beat();
  }

  inputsOf(file) {
    if (!this.inputs.has(file)) {
      this.inputs.set(file, new Inputs());
    }
    return this.inputs.get(file);
  }

  modules(file, server) {
    return new Modules(this.recorder.sources, this.places[server], this.inputsOf(file));
  }

  typeormRunner(server, recording) {
    return this.recorder.typeorm.create(this.origin, server, recording);
  }

  packageFile(name) {
    return findPackage(name, [this.member.root, ...this.origin.typeormFrom]);
  }

  /** The reason if something global was written to, which it is no more. */
  restoreGlobals() {
    const { globals } = this.recorder;
    const name = globals.restore();
    if (name === null) {
      return null;
    }
    const reason = { code: "global", message: `writes to the global '${name}'`, file: this.item.file };
    if (globals.isSpoiled) {
      this.begin({ ...this.item, reason });
      this.recorder.end();
    }
    return reason;
  }

  // --- the whole

  async run() {
    for (const each of this.files) {
      await this.find(each);
    }
    const all = this.files.flatMap((each) => each.migrations.flatMap(({ up, down }) => [up, down]));
    const alive = () => all.filter((each) => !each.reason);
    await this.each(alive(), (each) => each.explore());
    // One set of modules for all, used in both orders: what one migration leaves there, another meets.
    const shared = new Modules(this.recorder.sources, this.places[1], new Inputs());
    await this.each(alive(), (each) => each.repeat(SECOND, shared));
    await this.each(alive().reverse(), (each) => each.repeat(THIRD, shared));
    await this.each(alive(), (each) => each.fail(shared));
    return {
      modules: this.files.map(({ file, migrations, reason }) => ({
        file,
        migrations: migrations.map(({ name, export: exported, up, down }) => ({
          name,
          export: exported,
          up: up.result(),
          down: down.result(),
        })),
        ...(reason ? { reason } : {}),
      })),
    };
  }

  async each(recordings, work) {
    for (const each of recordings) {
      this.begin({ file: each.file, export: each.name, direction: each.direction });
      await work(each);
    }
  }

  /** Which migrations a file has. */
  async find(entry) {
    const { real: file } = entry;
    entry.reason = this.skipped.get(keyOf(file, null, "load")) ?? null;
    if (entry.reason) {
      return;
    }
    this.begin({ file, export: null, direction: "load" });
    const recording = new Recording({ variant: FIRST, positions: this.positions });
    await recording.run(() => describeExports(this.modules(file, 0).load(file)));
    const reason = this.restoreGlobals() ?? recording.reason;
    if (reason) {
      const { code, message, ...place } = reason;
      entry.reason = { code, message, file, ...this.positions.toSource(place) };
      return;
    }
    entry.migrations = recording.value.migrations.map(({ name, export: exported }) => {
      const [up, down] = DIRECTIONS.map((direction) => this.directionOf(file, exported, direction));
      return { name, export: exported, up, down };
    });
  }

  directionOf(file, exported, direction) {
    const recording = new DirectionRecording(this, file, exported, direction);
    recording.reason = this.skipped.get(keyOf(file, exported, direction)) ?? null;
    return recording;
  }
}

module.exports = { MemberRecording };
