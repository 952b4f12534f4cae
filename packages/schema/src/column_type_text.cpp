// SPDX-License-Identifier: MIT
#include "column_type_text.hpp"

namespace medusa {

std::string column_type_text(const ColumnType& type) {
  std::string text = type.name;
  for (std::size_t i = 0; i < type.arguments.size(); ++i) {
    text += (i == 0 ? '(' : ',') + std::to_string(type.arguments[i]);
  }
  if (type.name == "numeric" && type.arguments.size() == 1) {
    text += ",0";  // manual, "Arbitrary Precision Numbers"
  }
  return type.arguments.empty() ? text : text + ')';
}

}  // namespace medusa
