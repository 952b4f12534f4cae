// SPDX-License-Identifier: MIT
#include "medusa/core/error.hpp"

#include <utility>

namespace medusa {

std::string_view to_string(ErrorCode code) {
  switch (code) {
    case ErrorCode::Usage:
      return "usage";
    case ErrorCode::Config:
      return "config";
    case ErrorCode::Workspace:
      return "workspace";
    case ErrorCode::Build:
      return "build";
    case ErrorCode::Host:
      return "host";
    case ErrorCode::Plan:
      return "plan";
    case ErrorCode::Database:
      return "database";
    case ErrorCode::Lock:
      return "lock";
    case ErrorCode::Migration:
      return "migration";
    case ErrorCode::Interrupted:
      return "interrupted";
    case ErrorCode::Terminated:
      return "terminated";
    case ErrorCode::Internal:
      break;
  }
  return "internal";
}

int exit_code(ErrorCode code) {
  switch (code) {
    case ErrorCode::Usage:
      return 2;
    case ErrorCode::Config:
    case ErrorCode::Workspace:
      return 3;
    case ErrorCode::Build:
    case ErrorCode::Host:
      return 4;
    case ErrorCode::Plan:
      return 5;
    case ErrorCode::Database:
    case ErrorCode::Lock:
      return 6;
    case ErrorCode::Migration:
      return 7;
    case ErrorCode::Interrupted:
      return 130;
    case ErrorCode::Terminated:
      return 143;
    case ErrorCode::Internal:
      break;
  }
  return 70;
}

Error::Error(Diagnostic diagnostic) : Error(std::vector<Diagnostic>{std::move(diagnostic)}) {}

Error::Error(std::vector<Diagnostic> diagnostics) : diagnostics_(std::move(diagnostics)) {
  if (diagnostics_.empty()) {
    diagnostics_.push_back({.message = "an error without a description"});
  }
  what_ = diagnostics_.front().message;
}

}  // namespace medusa
