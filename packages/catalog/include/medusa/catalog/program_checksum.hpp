// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "medusa/catalog/lowered.hpp"

namespace medusa {

/// SHA-256 of what the program sends: its statements in normal form (package sql), their
/// parameters, and which of them are questions with what follows each answer. It does not depend on
/// how the migration is written, where it lies, what compiled it, or on our version.
///
/// Databases remember it: a change here makes every applied migration look changed.
[[nodiscard]] std::string program_checksum(const LoweredProgram& program);

/// Of the program, if there is one, else empty.
[[nodiscard]] std::string program_checksum(const Lowering& lowering);

}  // namespace medusa
