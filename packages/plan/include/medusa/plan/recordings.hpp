// SPDX-License-Identifier: MIT
// What we noted about migrations that we applied ourselves. TypeORM's history says that something
// is applied; only a recording says what it was. Those applied by others have none.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "medusa/plan/history.hpp"

namespace medusa {

/// What was noted when a migration was applied.
struct Recording {
  std::int64_t id = 0;  ///< Of the history row it was written with.
  std::int64_t timestamp = 0;
  std::string name = {};
  std::string member = {};
  std::string member_version = {};      ///< Of the package that shipped it.
  std::string checksum = {};            ///< Migration::up_checksum; empty: it ran in the host.
  std::string source_checksum = {};     ///< Empty: the member came built.
  std::optional<std::string> sql = {};  ///< Readable, as it ran; only if it was asked for.
  std::string applied_at = {};          ///< As PostgreSQL prints it.
  std::int64_t upgrade = 0;
  bool baseline = false;  ///< It was recorded as applied, and never ran here.
};

/// The recordings of one database, at most one for a name.
class Recordings {
 public:
  Recordings() = default;
  explicit Recordings(std::vector<Recording> rows);

  /// The recording written with that row, or null. Medusa's command line knows nothing of
  /// recordings: after it took a migration back and applied it again, the one with the same name
  /// is about a row that is gone, and is not believed.
  [[nodiscard]] const Recording* of(const AppliedMigration& row) const;

 private:
  std::map<std::string, Recording> by_name_;
};

}  // namespace medusa
