// SPDX-License-Identifier: MIT
#include "medusa/sql/error_condition.hpp"

namespace medusa {

std::string_view duplicate_condition(ObjectKind made) {
  switch (made) {
    case ObjectKind::Schema:
      return "duplicate_schema";
    case ObjectKind::Table:
    case ObjectKind::View:
    case ObjectKind::Sequence:
    case ObjectKind::Index:
      return "duplicate_table";
    case ObjectKind::Column:
      return "duplicate_column";
    case ObjectKind::Function:
      return "duplicate_function";
    default:
      return "duplicate_object";
  }
}

std::string_view undefined_condition(Action action, ObjectKind missing) {
  switch (missing) {
    case ObjectKind::Schema:
      return "invalid_schema_name";
    case ObjectKind::Table:
    case ObjectKind::View:
    case ObjectKind::Sequence:
      return "undefined_table";
    case ObjectKind::Index:
      // Only DROP has a word of its own for it (source: tablecmds.c, dropmsgstringarray).
      return action == Action::Drop ? "undefined_object" : "undefined_table";
    case ObjectKind::Column:
      return "undefined_column";
    case ObjectKind::Function:
      return "undefined_function";
    case ObjectKind::EnumValue:
      return "invalid_text_representation";
    default:
      return "undefined_object";
  }
}

}  // namespace medusa
