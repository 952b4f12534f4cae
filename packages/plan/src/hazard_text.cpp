// SPDX-License-Identifier: MIT
#include "hazard_text.hpp"

#include <array>
#include <cstdio>
#include <string_view>

namespace medusa {

namespace {

/// With one digit behind the point where there is only one before it.
std::string shortened(double number) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), number < 9.95 ? "%.1f" : "%.0f", number);
  return text.data();
}

std::string count_text(std::int64_t rows) {
  constexpr double kThousand = 1e3;
  const auto number = static_cast<double>(rows);
  if (rows < 10'000) {
    return std::to_string(rows);
  }
  if (number < 999.5 * kThousand) {
    return shortened(number / kThousand) + " thousand";
  }
  if (number < 999.5 * kThousand * kThousand) {
    return shortened(number / 1e6) + " million";
  }
  return shortened(number / 1e9) + " billion";
}

std::string byte_text(std::int64_t bytes) {
  constexpr auto kUnits = std::to_array<std::string_view>({"kB", "MB", "GB", "TB"});
  double number = static_cast<double>(bytes) / 1024;
  std::size_t unit = 0;
  while (number >= 999.5 && unit + 1 < kUnits.size()) {
    number /= 1024;
    ++unit;
  }
  return shortened(number) + ' ' + std::string(kUnits.at(unit));
}

/// "about 1.2 million rows, 310 MB".
std::string size_text(const PlannedHazard& planned) {
  const std::string rows = !planned.rows.has_value() ? "rows never counted"
                           : *planned.rows == 1      ? "about 1 row"
                                                : "about " + count_text(*planned.rows) + " rows";
  return rows + ", " +
         (planned.bytes.has_value() ? byte_text(*planned.bytes) : "locked, so not measured");
}

std::string rewrite_text(const std::string& table, const std::string& why, TableWork work) {
  return work == TableWork::Rewrite
             ? "reads and writes of " + table + " wait while all its rows are written anew: " + why
             : "reads and writes of " + table +
                   " wait if all its rows have to be written anew: " + why;
}

}  // namespace

std::string hazard_text(const Hazard& hazard, const PlannedHazard& planned) {
  const std::string table = planned.table + " (" + size_text(planned) + ')';
  const std::string& name = hazard.name;
  switch (hazard.rule) {
    case HazardRule::TransactionControl:
      break;  // no hazard of a plan: it is refused
    case HazardRule::IndexBlocksWrites:
      return "writes to " + table + " wait while " + (name.empty() ? "its index" : name) +
             " is built";
    case HazardRule::ConstraintBuildsIndex:
      return "reads and writes of " + table + " wait while the index of " + name + " is built";
    case HazardRule::ForeignKeyScans:
      return "writes to " + table + ", and to the table it refers to, wait while " + name +
             " is checked for every row";
    case HazardRule::CheckScans:
      return "reads and writes of " + table + " wait while " + name + " is checked for every row";
    case HazardRule::NotNullScans:
      return "reads and writes of " + table + " wait while every row is searched for a NULL in " +
             name;
    case HazardRule::ColumnTypeRewrites:
      return rewrite_text(table, name + " gets another type", planned.work);
    case HazardRule::NewColumnRewrites:
      return rewrite_text(table, name + " has another value in each", planned.work);
    case HazardRule::TableRewrites:
      return rewrite_text(table, name, planned.work);
    case HazardRule::RequiredColumn:
      return "the new column " + name + " is NOT NULL without a default: it fails if " + table +
             " has a row";
    case HazardRule::DropsTable:
      return table + " is dropped with its rows";
    case HazardRule::DropsColumn:
      return "the column " + name + " of " + table + " is dropped with its values";
    case HazardRule::RenamesTable:
      return table + " gets another name: the shop that runs now does not know it";
    case HazardRule::RenamesColumn:
      return "the column " + name + " of " + table +
             " gets another name: the shop that runs now does not know it";
    case HazardRule::NameTruncated:
      return "PostgreSQL cuts off '" + name + "', a name of " + std::to_string(name.size()) +
             " bytes, after 63";
  }
  return {};
}

}  // namespace medusa
