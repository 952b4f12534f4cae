// SPDX-License-Identifier: MIT
#include "sql_class.hpp"

#include <string_view>

namespace medusa {

namespace {

/// A template literal: the statement stays readable, line by line.
std::string template_literal(std::string_view text) {
  std::string literal = "`";
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '`' || c == '\\' || (c == '$' && i + 1 < text.size() && text[i + 1] == '{')) {
      literal += '\\';
    }
    // A template literal turns a carriage return into a line feed; an escape keeps it.
    literal += c == '\r' ? std::string("\\r") : std::string(1, c);
  }
  return literal + '`';
}

/// The text with every occurrence of `what` replaced.
std::string replace_all(std::string text, std::string_view what, std::string_view by) {
  for (std::size_t at = text.find(what); at != std::string::npos;
       at = text.find(what, at + by.size())) {
    text.replace(at, what.size(), by);
  }
  return text;
}

/// On one line, whatever the text is: everything that ends a line in JavaScript is escaped.
std::string string_literal(std::string_view text) {
  std::string literal = replace_all(std::string(text), "\\", "\\\\");
  literal = replace_all(literal, "\"", "\\\"");
  literal = replace_all(literal, "\n", "\\n");
  literal = replace_all(literal, "\r", "\\r");
  literal = replace_all(literal, "\u2028", "\\u2028");
  literal = replace_all(literal, "\u2029", "\\u2029");
  return '"' + literal + '"';
}

std::string method(const char* name, const std::vector<Statement>& statements) {
  std::string text = std::string("  async ") + name + "(queryRunner) {\n";
  for (const Statement& statement : statements) {
    text += "    await queryRunner.query(" + template_literal(statement.text) + ");\n";
  }
  return text + "  }\n";
}

std::string throwing_down(const std::string& file) {
  return "  async down() {\n    throw new Error(" +
         string_literal(file + " has no '-- migrate:down' section") + ");\n  }\n";
}

}  // namespace

std::string sql_class(const SqlMigration& migration,
                      const SqlMigrationName& name,
                      const std::string& file) {
  const std::string quoted = string_literal(name.name);
  std::string text =
      "\"use strict\";\n// Made from " + string_literal(file) + "; edit that file instead.\n";
  text += "Object.defineProperty(exports, \"__esModule\", { value: true });\n";
  text += "exports[" + quoted + "] = class {\n";
  text += "  constructor() {\n    this.name = " + quoted + ";\n";
  if (migration.transaction.has_value()) {
    text += std::string("    this.transaction = ") + (*migration.transaction ? "true" : "false") +
            ";\n";
  }
  text += "  }\n\n" + method("up", migration.up) + "\n";
  text += migration.has_down ? method("down", migration.down) : throwing_down(file);
  return text + "};\n";
}

}  // namespace medusa
