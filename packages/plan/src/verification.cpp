// SPDX-License-Identifier: MIT
#include "medusa/plan/verification.hpp"

namespace medusa {

namespace {

void count(const StatusRow& row, Verification& result) {
  ++result.applied;
  result.baseline += row.recording.has_value() && row.recording->baseline ? 1U : 0U;
  if (row.state == MigrationState::Changed) {
    result.changed.push_back(row);
  } else if (row.state == MigrationState::Missing) {
    result.missing.push_back(row);
  } else if (!row.recording.has_value()) {
    ++result.not_recorded;
  } else if (row.comparison == Comparison::Same) {
    ++result.same;
  } else {
    ++result.not_comparable;
  }
}

}  // namespace

Verification verify(const std::vector<StatusRow>& rows) {
  Verification result;
  for (const StatusRow& row : rows) {
    if (row.state == MigrationState::Failed) {
      result.failed.push_back(row);
    } else if (row.id.has_value()) {
      count(row, result);
    }
  }
  return result;
}

}  // namespace medusa
