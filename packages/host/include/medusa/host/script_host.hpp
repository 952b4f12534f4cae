// SPDX-License-Identifier: MIT
// The Node child process that loads JavaScript: it transpiles, looks into modules and runs
// migrations. It has no database connection of its own; every query comes to us.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "medusa/host/protocol.hpp"
#include "medusa/system/environment.hpp"

namespace medusa {

struct HostOptions {
  Environment environment = {};  ///< Where `node` is looked for (PATH).
  std::filesystem::path directory =
      {};  ///< Its working directory: the backend, as for Medusa's CLI.
  std::chrono::seconds silence_limit{300};  ///< How long it may owe us a word.
};

/// Told what was recorded of the member with that place in the list.
using RecordingTaker = std::function<void(std::size_t member, std::vector<RecordedModule> modules)>;

/// One Node process, started at the first request and ended with this object. Not thread-safe.
///
/// Every function throws Error with ErrorCode::Host when Node is missing or too old, dies, stays
/// silent for too long or breaks the protocol; what it printed is in the notes.
class ScriptHost {
 public:
  explicit ScriptHost(HostOptions options);
  ~ScriptHost();
  ScriptHost(const ScriptHost&) = delete;
  ScriptHost& operator=(const ScriptHost&) = delete;
  ScriptHost(ScriptHost&&) = delete;
  ScriptHost& operator=(ScriptHost&&) = delete;

  /// Transpiles the members' files into their staging folders. Errors in sources are in the result.
  /// @throws Error with ErrorCode::Build if there is no compiler in the workspace.
  std::vector<CompiledMember> compile(const std::filesystem::path& root,
                                      const std::vector<CompileMember>& members,
                                      std::string& compiler);

  /// Loads the Medusa module of that name, found from the folder `from` (the backend) as Medusa
  /// finds it, and says which files of the package at `root` its list of migrations is made of.
  ModuleList list_module(const std::string& name,
                         const std::filesystem::path& root,
                         const std::filesystem::path& from);

  /// Loads the modules and says which migrations they export. A module that ends the process has
  /// that as its problem, and the others are loaded by a new one.
  /// @throws Error for one that never finishes loading, with the file.
  std::vector<ModuleDescription> describe(const std::vector<ModuleFile>& files);

  /// Runs the modules' migrations without a database and keeps the SQL they send, where that
  /// depends on nothing but their code.
  /// Several members are recorded at a time; `take` is called with each member's place in the list
  /// and what was recorded of it, in the list's order. What it throws ends the recording.
  void record(const std::vector<RecordMember>& members,
              const std::vector<std::filesystem::path>& typeorm_roots,
              const RecordingTaker& take);

  /// The feature flags that the core package at `core` defines.
  std::vector<HostFlag> flags(const std::filesystem::path& core);

  /// Starts the process and has it load what `run` will need, without waiting for that. Nothing is
  /// reported: what goes wrong will go wrong again in `run`.
  void warm_up(const ScriptRun& run) noexcept;

  /// Runs `up` or `down`, sending its queries to `handler`. Nothing if it went well.
  std::optional<ScriptFailure> run(const ScriptRun& run, QueryHandler& handler);

  /// Checksum of the host's own code: what it made is only as good as long as this is the same.
  [[nodiscard]] static std::string fingerprint();

  /// Ends the process, so that the next request meets nothing that an earlier one left in memory.
  void restart();

  /// What the migrations printed since the last call.
  [[nodiscard]] std::string take_printed();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace medusa
