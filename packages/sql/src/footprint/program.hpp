// SPDX-License-Identifier: MIT
// The PL/pgSQL of a DO block, as libpg_query's parser of PL/pgSQL divides it.
#pragma once

#include <string>
#include <vector>

namespace medusa {

/// One step of a block that footprints can follow.
struct ProgramStep {
  std::string sql = {};        ///< A statement that is sent as it stands there.
  std::string condition = {};  ///< Of the IF that it stands in; empty: there is none.
  /// The errors that a handler leaves aside, which undoes the step: all about what is there already
  /// or is not. Empty: there is no handler.
  std::vector<std::string> handled = {};

  [[nodiscard]] bool conditional() const { return !condition.empty() || !handled.empty(); }
};

/// A block: its steps in order, or why it cannot be followed.
struct Program {
  std::vector<ProgramStep> steps = {};
  std::string opaque = {};  ///< Then there are no steps.
  /// Every SQL statement in it that is a constant, whether or not its way can be followed.
  std::vector<std::string> constants = {};
};

/// @param sql one DO statement in PL/pgSQL.
[[nodiscard]] Program read_program(const std::string& sql);

}  // namespace medusa
