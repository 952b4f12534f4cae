// SPDX-License-Identifier: MIT
#include "medusa/catalog/program_checksum.hpp"

#include "medusa/core/checksum.hpp"
#include "medusa/sql/normal_form.hpp"

namespace medusa {

namespace {

/// With its length before it, so that no two sequences of fields give the same text.
void append(std::string& text, const std::string& field) {
  text += std::to_string(field.size()) + ':' + field;
}

void append(std::string& text, const LoweredStatement& statement) {
  append(text, normal_form(statement.sql));
  if (!statement.parameters.has_value()) {
    append(text, "simple");
    return;
  }
  append(text, std::to_string(statement.parameters->size()));
  for (const auto& value : *statement.parameters) {
    append(text, value.has_value() ? '=' + *value : "null");
  }
}

// As deep as the recorder's bound on questions.
void append(std::string& text, const LoweredProgram& program) {
  append(text, std::to_string(program.size()));
  for (const LoweredNode& node : program) {
    append(text, node.is_question ? "question" : "statement");
    append(text, node.statement);
    if (node.is_question) {
      append(text, node.yes);
      append(text, node.no);
    }
  }
}

}  // namespace

std::string program_checksum(const LoweredProgram& program) {
  std::string text;
  append(text, program);
  return sha256(text);
}

std::string program_checksum(const Lowering& lowering) {
  return lowering.program.has_value() ? program_checksum(*lowering.program) : std::string{};
}

}  // namespace medusa
