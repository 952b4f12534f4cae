// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "medusa/sql/object.hpp"

namespace medusa {

/// Objects that may be one have the same: the whole for its parts, a table for its type of rows,
/// whatever the schema.
[[nodiscard]] inline std::string entity_name(const ObjectRef& object) {
  switch (namespace_of(object.kind)) {
    case Namespace::Function:
      return "function " + object.name;
    case Namespace::Schema:
      return "schema " + object.name;
    case Namespace::Extension:
      return "extension " + object.name;
    case Namespace::Setting:
      return "setting " + object.name;
    default:
      return object.name;
  }
}

/// Everything may depend on it, whether it says so or not.
[[nodiscard]] inline bool is_everywhere(const ObjectRef& object) {
  return object.kind == ObjectKind::Schema || object.kind == ObjectKind::Extension ||
         object.kind == ObjectKind::Setting;
}

}  // namespace medusa
