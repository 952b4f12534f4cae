// SPDX-License-Identifier: MIT
#include "medusa/catalog/lowered.hpp"
#include "medusa/sql/plain_statement.hpp"

namespace medusa {

namespace {

// As deep as the recorder's bound on questions.
std::string find_in(const LoweredProgram& program) {
  for (const LoweredNode& node : program) {
    for (std::string found :
         {find_outside_transaction(node.statement.sql), find_in(node.yes), find_in(node.no)}) {
      if (!found.empty()) {
        return found;
      }
    }
  }
  return {};
}

}  // namespace

std::string find_outside_transaction(const Lowering& lowering) {
  return lowering.program.has_value() ? find_in(*lowering.program) : std::string();
}

}  // namespace medusa
