// SPDX-License-Identifier: MIT
// Names that PostgreSQL chooses (source: makeObjectName, ChooseIndexName,
// ChooseForeignKeyConstraintName).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "footprint/node.hpp"

namespace medusa {

/// `table_columns_label`, the longer of the first two shortened until it fits into 63 bytes.
[[nodiscard]] std::string generated_name(std::string_view table,
                                         std::string_view columns,
                                         std::string_view label);

/// The part of a name that stands for several columns: `a_b_c`.
[[nodiscard]] std::string joined_columns(const std::vector<std::string>& columns);

/// What stands for one element of an index: its column, or the name of its expression.
[[nodiscard]] std::string index_column_name(const PgQuery__IndexElem& element);

/// As `index_column_name` of all, the second of two equal ones with a number.
[[nodiscard]] std::vector<std::string> index_column_names(NodeList elements);

/// The name that a SELECT gives to a column that has none (source: FigureColname); empty if it is
/// none of the expression's own.
[[nodiscard]] std::string expression_name(const Node* expression);

}  // namespace medusa
