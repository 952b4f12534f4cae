// SPDX-License-Identifier: MIT
#include <algorithm>

#include "medusa/catalog/lowered.hpp"
#include "medusa/core/text.hpp"
#include "medusa/sql/parameters.hpp"

namespace medusa {

namespace {

std::string indented(const std::string& text, std::size_t depth) {
  const std::string margin(depth * 2, ' ');
  std::string result = margin;
  for (const char c : text) {
    result += c;
    if (c == '\n') {
      result += margin;
    }
  }
  return result;
}

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

std::string statement_text(const LoweredStatement& statement) {
  std::string text = statement.parameters.has_value()
                         ? render_parameters(statement.sql, *statement.parameters)
                         : statement.sql;
  text = without_margin(text);
  return text.ends_with(';') ? text : text + ';';
}

void append_program(std::string& text, const LoweredProgram& program, std::size_t depth) {
  for (const LoweredNode& node : program) {
    if (!node.is_question) {
      text += indented(statement_text(node.statement), depth) + '\n';
      continue;
    }
    text += indented("-- asked: " + statement_text(node.statement), depth) + '\n';
    text += indented("-- if there is a row:", depth) + '\n';
    append_program(text, node.yes, depth + 1);
    text += indented("-- else:", depth) + '\n';
    append_program(text, node.no, depth + 1);
  }
}

}  // namespace

std::string readable_sql(const Lowering& lowering) {
  if (!lowering.program.has_value()) {
    return "-- dynamic, its SQL is known when it runs: " + lowering.reason + '\n';
  }
  std::string text;
  append_program(text, *lowering.program, 0);
  return text;
}

}  // namespace medusa
