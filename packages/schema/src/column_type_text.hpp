// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "medusa/sql/hazard.hpp"

namespace medusa {

/// "varchar(20)", "numeric(10,0)": equal for equal types. Empty: not known. Short enough to need no
/// memory of its own.
[[nodiscard]] std::string column_type_text(const ColumnType& type);

}  // namespace medusa
