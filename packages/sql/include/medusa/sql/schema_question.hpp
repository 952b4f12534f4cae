// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace medusa {

/// A question about the schema that may be asked of any database at any time: one plain SELECT from
/// one view of information_schema, whose condition compares columns with constants, the current
/// schema or the current database. It changes nothing and calls no function of anybody's.
struct SchemaQuestion {
  struct Comparison {
    std::string column = {};
    std::string value = {};
  };

  std::string view = {};                     ///< E.g. "tables", "columns".
  std::vector<Comparison> comparisons = {};  ///< Those with constants, in order.

  /// The value that the column is compared with; empty if it is not.
  [[nodiscard]] std::string value_of(std::string_view column) const;

  /// For people: "is there a table review", "is there a column review.stars".
  [[nodiscard]] std::string text() const;
};

/// The statement as such a question; nothing if it is anything else.
[[nodiscard]] std::optional<SchemaQuestion> parse_schema_question(std::string_view sql);

}  // namespace medusa
