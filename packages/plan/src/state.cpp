// SPDX-License-Identifier: MIT
#include "medusa/plan/state.hpp"

namespace medusa {

std::string_view to_string(MigrationState state) {
  switch (state) {
    case MigrationState::Applied:
      return "applied";
    case MigrationState::Pending:
      return "pending";
    case MigrationState::Late:
      return "late";
    case MigrationState::Failed:
      return "failed";
    case MigrationState::Changed:
      return "changed";
    case MigrationState::Missing:
      return "missing";
    case MigrationState::Disabled:
      break;
  }
  return "disabled";
}

bool is_pending(MigrationState state) {
  return state == MigrationState::Pending || state == MigrationState::Late ||
         state == MigrationState::Failed;
}

}  // namespace medusa
