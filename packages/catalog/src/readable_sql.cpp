// SPDX-License-Identifier: MIT
#include <algorithm>

#include "medusa/catalog/lowered.hpp"
#include "medusa/core/text.hpp"
#include "medusa/sql/parameters.hpp"

namespace medusa {

namespace {

/// Without the margin that a template literal in indented code gives every line but the first.
std::string without_margin(const std::string& text) {
  const std::vector<std::string_view> all = lines(text);
  std::size_t margin = std::string::npos;
  for (const std::string_view line : all) {
    const std::size_t indent = line.find_first_not_of(' ');
    if (indent != std::string_view::npos && line.data() != text.data()) {
      margin = std::min(margin, indent);
    }
  }
  std::string result;
  for (const std::string_view line : all) {
    const std::size_t indent = std::min(line.find_first_not_of(' '), line.size());
    const std::size_t cut = margin == std::string::npos ? 0 : std::min(margin, indent);
    result += std::string(line.substr(cut)) + '\n';
  }
  return std::string(trim(result));
}

void append_branch(std::string& text, const LoweredProgram& program, const std::string& margin);

void append_program(std::string& text, const LoweredProgram& program, const std::string& margin) {
  for (const LoweredNode& node : program) {
    if (!node.is_question) {
      text += prefixed(readable_sql(node.statement), margin) + '\n';
      continue;
    }
    text += prefixed("asks: " + readable_sql(node.statement), margin + "-- ") + '\n';
    text += margin + "-- if yes (there is a row):\n";
    append_branch(text, node.yes, margin + "  ");
    text += margin + "-- if no:\n";
    append_branch(text, node.no, margin + "  ");
  }
}

void append_branch(std::string& text, const LoweredProgram& program, const std::string& margin) {
  if (program.empty()) {
    text += margin + "-- nothing\n";
  }
  append_program(text, program, margin);
}

}  // namespace

std::string readable_sql(const LoweredStatement& statement) {
  std::string text = statement.parameters.has_value()
                         ? render_parameters(statement.sql, *statement.parameters)
                         : statement.sql;
  text = without_margin(text);
  return text.ends_with(';') ? text : text + ';';
}

std::string readable_sql(const Lowering& lowering) {
  if (!lowering.program.has_value()) {
    return "-- dynamic, its SQL is known when it runs: " + lowering.reason + '\n';
  }
  std::string text;
  append_program(text, *lowering.program, "");
  return text;
}

}  // namespace medusa
