// SPDX-License-Identifier: MIT
#include "medusa/schema/problem.hpp"

namespace medusa {

std::string_view to_string(SchemaProblemKind kind) {
  switch (kind) {
    case SchemaProblemKind::NeverThere:
      return "never there";
    case SchemaProblemKind::DroppedBefore:
      return "dropped before";
    case SchemaProblemKind::RenamedBefore:
      return "renamed before";
    case SchemaProblemKind::AlreadyThere:
      return "already there";
    case SchemaProblemKind::HiddenDifference:
      return "hidden difference";
    case SchemaProblemKind::Blocked:
      return "blocked";
    case SchemaProblemKind::ExtensionMissing:
      return "extension missing";
    case SchemaProblemKind::UncommittedValue:
      return "uncommitted value";
    case SchemaProblemKind::NoKey:
      return "no key";
    case SchemaProblemKind::NoArbiter:
      return "no arbiter";
    case SchemaProblemKind::TypesDiffer:
      return "types differ";
    case SchemaProblemKind::CannotReplace:
      return "cannot replace";
  }
  return "";
}

bool is_missing(const SchemaProblem& problem) {
  return problem.kind == SchemaProblemKind::NeverThere ||
         problem.kind == SchemaProblemKind::DroppedBefore ||
         problem.kind == SchemaProblemKind::RenamedBefore ||
         problem.kind == SchemaProblemKind::ExtensionMissing;
}

}  // namespace medusa
