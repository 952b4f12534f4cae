// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>
#include <vector>

#include "medusa/catalog/footprint_index.hpp"
#include "medusa/core/hazard_policy.hpp"
#include "medusa/core/late_policy.hpp"
#include "medusa/plan/journal.hpp"
#include "medusa/plan/recordings.hpp"
#include "medusa/schema/snapshot.hpp"

namespace medusa {

/// What it takes to say what an upgrade will meet: the database's schema as it is, what each
/// migration does to a schema, and what to make of late ones.
struct UpgradeFacts {
  std::string schema = "public";  ///< Where unqualified names go, and the history stands.
  /// Whether each transaction puts `schema` on the search_path; else names go where the
  /// connection's search_path says.
  bool schema_is_set = true;
  /// The live schema, with what the upgrade prepares before its first migration (extensions).
  SchemaSnapshot snapshot = {};
  FootprintIndex footprints = {};
  /// With their SQL: what changed or missing migrations once did. Asked only if something is late.
  Recordings recordings = {};
  /// What began outside a transaction and did not come to its end: part of it is in the snapshot.
  Journal journal = {};
  /// Whether what cannot go well is refused; else it is a warning, and the order that of timestamps
  /// and declarations.
  bool refuse = true;
  LatePolicy late = LatePolicy::Safe;
  std::map<std::string, LatePolicy> late_of_member = {};  ///< Where a member has its own.

  HazardPolicy hazards = HazardPolicy::Warn;
  std::vector<std::string> allowed_hazards = {};  ///< Codes.

  [[nodiscard]] LatePolicy late_policy(const std::string& member) const {
    const auto own = late_of_member.find(member);
    return own == late_of_member.end() ? late : own->second;
  }
};

}  // namespace medusa
