// SPDX-License-Identifier: MIT
#include "medusa/plan/journalled_statement.hpp"

#include <algorithm>

#include "medusa/core/checksum.hpp"

namespace medusa {

namespace {

constexpr std::size_t kShownBytes = 100;

/// Each part with its length, so that no two lists have the same text.
std::string framed(const std::string& text) {
  return std::to_string(text.size()) + ':' + text;
}

}  // namespace

std::string statement_checksum(
    const std::string& sql, const std::optional<std::vector<std::optional<std::string>>>& values) {
  std::string all = framed(sql);
  if (values.has_value()) {
    for (const std::optional<std::string>& value : *values) {
      all += value.has_value() ? framed(*value) : "null";
    }
  }
  return sha256(all);
}

std::string statement_beginning(const std::string& sql) {
  std::size_t end = std::min(sql.find('\n'), sql.size());
  end = std::min(end, kShownBytes);
  while (end > 0 && end < sql.size() && (static_cast<unsigned char>(sql[end]) & 0xC0U) == 0x80U) {
    --end;
  }
  return sql.substr(0, end) + (end < sql.size() ? " ..." : "");
}

}  // namespace medusa
