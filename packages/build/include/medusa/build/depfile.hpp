// SPDX-License-Identifier: MIT
// What a build looked at, for build systems that start it only if some of that changed.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "medusa/build/builder.hpp"
#include "medusa/workspace/workspace.hpp"

namespace medusa {

/// The files and folders on which the result of `build` depends, sorted: what describes the
/// workspace, sources and what they import, outputs. A folder stands for the names in it. All
/// exist.
[[nodiscard]] std::vector<std::filesystem::path> build_inputs(const Config& config,
                                                              const Workspace& workspace,
                                                              const BuildResult& result);

/// The rule "target: inputs" as GCC writes it and make, Ninja and CMake read it.
[[nodiscard]] std::string depfile_text(const std::filesystem::path& target,
                                       const std::vector<std::filesystem::path>& inputs);

/// The pair of files by which a build system knows whether a build is up to date.
struct BuildStamp {
  std::filesystem::path stamp = {};    ///< Newer than all inputs: nothing is to be done.
  std::filesystem::path depfile = {};  ///< Names the inputs.
};

/// Writes both after a build that began at `start`. If something changed since `start` that the
/// build may not have seen, or has a name that some reader of depfiles takes for another, there is
/// no stamp afterwards, so that the build is started again. @throws Error with
/// ErrorCode::Workspace.
void write_stamp(const BuildStamp& files,
                 const std::vector<std::filesystem::path>& inputs,
                 const Workspace& workspace,
                 const BuildResult& result,
                 std::filesystem::file_time_type start);

}  // namespace medusa
