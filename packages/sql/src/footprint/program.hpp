// SPDX-License-Identifier: MIT
// The PL/pgSQL of a DO block, as libpg_query's parser of PL/pgSQL divides it.
#pragma once

#include <string>
#include <vector>

namespace medusa {

/// One step of a block that footprints can follow.
struct ProgramStep {
  std::string sql = {};  ///< A statement that is sent as it stands there.
  /// Nothing happens, and nothing fails, where this is there already or is not there: a handler
  /// leaves errors of that kind aside, or an IF asks beforehand.
  bool conditional = false;
  std::string condition = {};     ///< Of that IF; empty: it is a handler.
  bool forgives_missing = false;  ///< The handler takes errors about what is not there.
};

/// A block: its steps in order, or why it cannot be followed.
struct Program {
  std::vector<ProgramStep> steps = {};
  std::string opaque = {};  ///< Then there are no steps.
};

/// @param sql one DO statement in PL/pgSQL.
[[nodiscard]] Program read_program(const std::string& sql);

}  // namespace medusa
