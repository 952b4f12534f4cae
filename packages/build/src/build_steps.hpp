// SPDX-License-Identifier: MIT
// The steps of a build, in order. Each adds every problem it finds to the run's problems; nothing
// that is in use is touched before the last one.
#pragma once

#include "build_run.hpp"

namespace medusa {

/// Asks the modules whose list of migrations is stale, which makes them their sources.
void list_modules(BuildRun& run);

/// Refuses sources that would be built to one output: the one built last would silently replace the
/// other.
void refuse_clashes(BuildRun& run);

/// Starts each member's manifest, with the entries that still hold, and its staging folder, with
/// what is still right. Runs the build command, if there is one.
void begin_members(BuildRun& run);

/// Transpiles the stale scripts of all members in one request to the host.
void compile(BuildRun& run);

/// Wraps SQL migrations into classes and copies assets; needs no Node.
void wrap_sql(BuildRun& run);

/// Loads the new modules to learn what migrations they hold, and the core's feature flags.
void describe(BuildRun& run);

/// Learns what SQL the new migrations send, and from that what they do to which objects. Nothing
/// here stops a build: what cannot be recorded is dynamic.
void lower(BuildRun& run);

/// Writes what the member's SQL, as far as it is known by now, does to which objects. Part of
/// `lower`.
void write_footprints(const MemberBuild& build);

/// Replaces each member's output, in one step, and its manifest.
void replace_outputs(BuildRun& run);

}  // namespace medusa
