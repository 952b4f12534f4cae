// SPDX-License-Identifier: MIT
// Names of PostgreSQL's errors, as handlers in PL/pgSQL have them (manual, "PostgreSQL Error
// Codes"). `integration_schema_judgement` compares them with a server.
#pragma once

#include <string_view>

#include "medusa/sql/footprint.hpp"
#include "medusa/sql/object.hpp"

namespace medusa {

/// What a statement fails with that gives a new object of that kind a name that is in use.
[[nodiscard]] std::string_view duplicate_condition(ObjectKind made);

/// What a statement fails with that does this to an object that is not there.
[[nodiscard]] std::string_view undefined_condition(Action action, ObjectKind missing);

}  // namespace medusa
