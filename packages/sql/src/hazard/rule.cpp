// SPDX-License-Identifier: MIT
#include <array>

#include "medusa/sql/hazard.hpp"

namespace medusa {

namespace {

constexpr std::array kRules{HazardRule::TransactionControl,
                            HazardRule::IndexBlocksWrites,
                            HazardRule::ConstraintBuildsIndex,
                            HazardRule::ForeignKeyScans,
                            HazardRule::CheckScans,
                            HazardRule::NotNullScans,
                            HazardRule::ColumnTypeRewrites,
                            HazardRule::NewColumnRewrites,
                            HazardRule::TableRewrites,
                            HazardRule::RequiredColumn,
                            HazardRule::DropsTable,
                            HazardRule::DropsColumn,
                            HazardRule::RenamesTable,
                            HazardRule::RenamesColumn,
                            HazardRule::NameTruncated};

}  // namespace

std::string_view code_of(HazardRule rule) {
  switch (rule) {
    case HazardRule::TransactionControl:
      return "transaction-control";
    case HazardRule::IndexBlocksWrites:
      return "index-blocks-writes";
    case HazardRule::ConstraintBuildsIndex:
      return "constraint-builds-index";
    case HazardRule::ForeignKeyScans:
      return "foreign-key-scans";
    case HazardRule::CheckScans:
      return "check-scans";
    case HazardRule::NotNullScans:
      return "not-null-scans";
    case HazardRule::ColumnTypeRewrites:
      return "column-type-rewrites";
    case HazardRule::NewColumnRewrites:
      return "new-column-rewrites";
    case HazardRule::TableRewrites:
      return "table-rewrites";
    case HazardRule::RequiredColumn:
      return "required-column";
    case HazardRule::DropsTable:
      return "drops-table";
    case HazardRule::DropsColumn:
      return "drops-column";
    case HazardRule::RenamesTable:
      return "renames-table";
    case HazardRule::RenamesColumn:
      return "renames-column";
    case HazardRule::NameTruncated:
      return "name-truncated";
  }
  return "unknown";
}

std::optional<HazardRule> parse_hazard_code(std::string_view code) {
  for (const HazardRule rule : kRules) {
    if (code_of(rule) == code) {
      return rule;
    }
  }
  return std::nullopt;
}

std::span<const HazardRule> hazard_rules() {
  return kRules;
}

std::vector<std::string> hazard_codes() {
  std::vector<std::string> codes;
  for (const HazardRule rule : kRules) {
    codes.emplace_back(code_of(rule));
  }
  return codes;
}

std::string_view to_string(TableLock lock) {
  switch (lock) {
    case TableLock::ShareUpdateExclusive:
      return "SHARE UPDATE EXCLUSIVE";
    case TableLock::Share:
      return "SHARE";
    case TableLock::ShareRowExclusive:
      return "SHARE ROW EXCLUSIVE";
    case TableLock::AccessExclusive:
      return "ACCESS EXCLUSIVE";
    case TableLock::None:
      break;
  }
  return "";
}

std::string_view to_string(TableWork work) {
  switch (work) {
    case TableWork::Scan:
      return "scan";
    case TableWork::Index:
      return "index";
    case TableWork::MayRewrite:
      return "may-rewrite";
    case TableWork::Rewrite:
      return "rewrite";
    case TableWork::Catalog:
      break;
  }
  return "catalog";
}

}  // namespace medusa
