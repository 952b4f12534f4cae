// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "medusa/core/error.hpp"

namespace medusa {

/// How a migration is written.
enum class MigrationKind {
  TypeOrm,  ///< A JavaScript class with up and down, run in the Node host.
  Sql,      ///< Plain SQL, run without Node.
};

[[nodiscard]] std::string_view to_string(MigrationKind kind);

/// A resolved migration: found on disk, described, not looked up in any database. Files are text
/// here: a std::filesystem::path keeps every component by itself, a kilobyte in all.
struct Migration {
  std::string member = {};     ///< Name of the member that ships it.
  std::string name = {};       ///< TypeORM's name: what the `migrations` table records.
  std::int64_t timestamp = 0;  ///< Milliseconds: the number in the name's last 13 characters.
  MigrationKind kind = MigrationKind::TypeOrm;
  bool enabled = true;                   ///< False when its feature flag is off.
  std::string flags = {};                ///< The flags it asks for, in words; empty if none.
  std::optional<bool> transaction = {};  ///< Its own `transaction` property, if it has one.
  std::string source = {};               ///< What a person edits (absolute).
  std::string built = {};                ///< The JavaScript file that Medusa loads (absolute).
  std::optional<std::string> export_name = {};  ///< Which export of it; none is module.exports.
  std::string checksum = {};                    ///< SHA-256 of the source.

  std::string lowered = {};           ///< Where its recorded SQL is, of a JavaScript one.
  std::string lowered_checksum = {};  ///< SHA-256 of that file.
  std::string dynamic_up = {};        ///< Why `up` can only be known by running it; empty: lowered.
  std::string dynamic_down = {};
  std::string up_checksum = {};  ///< program_checksum of what `up` sends; empty: not known.
  std::string down_checksum = {};
  /// The kind of the first statement of `up` that PostgreSQL runs in no transaction, e.g.
  /// "CREATE INDEX CONCURRENTLY"; empty: none is known.
  std::string outside_up = {};
  std::string outside_down = {};
  std::vector<std::string> allowed_hazards = {};  ///< Codes of what its file accepts.

  /// Whether the SQL of that direction is known without running it.
  [[nodiscard]] bool is_lowered(bool up) const {
    return kind == MigrationKind::Sql ||
           (!lowered.empty() && (up ? dynamic_up : dynamic_down).empty());
  }

  /// What it is known to send that PostgreSQL runs in no transaction.
  [[nodiscard]] const std::string& outside(bool up) const { return up ? outside_up : outside_down; }

  /// Whether a person edits something else than what Medusa loads.
  [[nodiscard]] bool has_own_source() const { return source != built; }

  /// "member/name", for people.
  [[nodiscard]] std::string id() const { return member + '/' + name; }
};

}  // namespace medusa
