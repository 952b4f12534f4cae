// SPDX-License-Identifier: MIT
#include "filled_tables.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <unordered_map>

#include "type_names.hpp"

namespace medusa {

namespace {

using ResultRow = std::vector<std::optional<std::string>>;

std::int64_t number_at(const ResultRow& row, std::size_t column) {
  return std::stoll(row.at(column).value_or("0"));
}

Oid oid_at(const ResultRow& row, std::size_t column) {
  return static_cast<Oid>(number_at(row, column));
}

/// Of a table and its partitions.
struct Size {
  std::optional<std::int64_t> rows = 0;
  std::optional<std::int64_t> bytes = 0;
  Oid parent = 0;
};

template <typename T>
std::optional<T> sum(const std::optional<T>& a, const std::optional<T>& b) {
  return a.has_value() && b.has_value() ? std::optional(*a + *b) : std::nullopt;
}

std::unordered_map<Oid, Size> sizes_of(const QueryResult& result) {
  std::unordered_map<Oid, Size> sizes;
  for (const ResultRow& row : result.rows) {
    Size& size = sizes[oid_at(row, 0)];
    const std::int64_t rows = number_at(row, 1);
    size.bytes = row.at(2).has_value() ? std::optional(number_at(row, 2)) : std::nullopt;
    // -1, before PostgreSQL 14 also 0, where nobody has counted. No bytes are no rows.
    size.rows =
        rows > 0 || size.bytes == 0 ? std::optional(std::max<std::int64_t>(rows, 0)) : std::nullopt;
    size.parent = oid_at(row, 3);
  }
  // A partition counts for all above it; it has no partitions of its own size.
  const std::unordered_map<Oid, Size> own = sizes;
  for (const auto& [table, size] : own) {
    for (Oid parent = size.parent; parent != 0;) {
      const auto above = sizes.find(parent);
      if (above == sizes.end()) {
        break;
      }
      above->second.rows = sum(above->second.rows, size.rows);
      above->second.bytes = sum(above->second.bytes, size.bytes);
      parent = above->second.parent;
    }
  }
  return sizes;
}

}  // namespace

std::vector<FilledTable> filled_tables(const std::vector<QueryResult>& results,
                                       const std::function<const ObjectRef*(Oid)>& name_of) {
  std::vector<FilledTable> tables;
  std::unordered_map<Oid, std::size_t> places;
  for (const auto& [oid, size] : sizes_of(results.at(kSizes))) {
    const ObjectRef* const name = size.bytes == 0 ? nullptr : name_of(oid);
    if (name != nullptr) {
      places.emplace(oid, tables.size());
      tables.push_back(
          {.schema = name->schema, .name = name->name, .rows = size.rows, .bytes = size.bytes});
    }
  }
  std::unordered_map<Oid, std::vector<std::int64_t>> checked;
  for (const ResultRow& row : results.at(kNotNullChecks).rows) {
    checked[oid_at(row, 0)].push_back(number_at(row, 1));
  }
  for (const ResultRow& row : results.at(kColumns).rows) {
    const auto place = places.find(oid_at(row, 0));
    if (place == places.end()) {
      continue;
    }
    const std::vector<std::int64_t>& checks = checked[oid_at(row, 0)];
    tables[place->second].columns.push_back(
        {.name = row.at(2).value_or(""),
         .type = column_type_of(oid_at(row, 3), static_cast<int>(number_at(row, 4))),
         .never_null = row.at(5) == "t" ||
                       std::find(checks.begin(), checks.end(), number_at(row, 1)) != checks.end()});
  }
  return tables;
}

}  // namespace medusa
