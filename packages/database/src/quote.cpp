// SPDX-License-Identifier: MIT
#include "medusa/database/connection.hpp"

namespace medusa {

std::string quote_identifier(std::string_view name) {
  std::string quoted = "\"";
  for (const char c : name) {
    quoted += c;
    if (c == '"') {
      quoted += c;
    }
  }
  return quoted + '"';
}

std::string quote_literal(std::string_view text) {
  // E'' reads backslashes the same way whatever the server's settings are.
  std::string quoted = text.find('\\') == std::string_view::npos ? "'" : "E'";
  for (const char c : text) {
    quoted += c;
    if (c == '\'' || c == '\\') {
      quoted += c;
    }
  }
  return quoted + '\'';
}

}  // namespace medusa
