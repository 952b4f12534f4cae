// SPDX-License-Identifier: MIT
// What the build learned about one member's migrations, kept beside its output so that nothing has
// to be loaded into Node to know them again. Every entry carries the checksums it was made from.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "medusa/catalog/feature_flags.hpp"
#include "medusa/catalog/migration.hpp"
#include "medusa/core/order_declaration.hpp"

namespace medusa {

/// A file that went into something, and the SHA-256 it had. Paths in manifests are text: every
/// command reads thousands of them, and a std::filesystem::path keeps each component by itself.
struct ManifestInput {
  std::string path = {};  ///< Relative to the member's root where it lies below it.
  std::string checksum = {};

  friend bool operator==(const ManifestInput&, const ManifestInput&) = default;
};

/// A migration class as its module declares it.
struct DescribedMigration {
  std::string name = {};
  std::int64_t timestamp = 0;
  std::optional<std::string> export_name = {};
  std::optional<bool> transaction = {};
  std::string dynamic_up = {};  ///< Why `up` must be run to know its SQL; empty: it is lowered.
  std::string dynamic_down = {};
  std::string up_checksum = {};  ///< program_checksum of what `up` sends; empty: not known.
  std::string down_checksum = {};
  std::string outside_up =
      {};  ///< What `up` sends that PostgreSQL runs in no transaction, if known.
  std::string outside_down = {};
  /// What its file declares; subject and file are left out, they are its own.
  std::vector<OrderDeclaration> order = {};
  /// Codes of the hazards that its file accepts, in comments.
  std::vector<std::string> allowed_hazards = {};

  friend bool operator==(const DescribedMigration&, const DescribedMigration&) = default;
};

/// SQL that a migration sends although PostgreSQL's parser does not accept it.
struct SuspiciousStatement {
  std::string message = {};  ///< The parser's.
  std::string sql = {};      ///< The beginning of the statement.
  std::string file = {};     ///< Relative to the member's root where it lies below it.
  int line = 0;              ///< 0: not known.
  int column = 0;

  friend bool operator==(const SuspiciousStatement&, const SuspiciousStatement&) = default;
};

/// One source and what it became. A helper file has no migrations.
struct ManifestEntry {
  std::string source = {};  ///< Relative to the member's root.
  std::string output = {};  ///< Relative to the folder of built migrations; may be empty.
  std::string output_checksum = {};
  std::string lowered_checksum = {};       ///< Of the recorded programs; empty: there are none.
  std::vector<ManifestInput> inputs = {};  ///< The source itself first.
  MigrationKind kind = MigrationKind::TypeOrm;
  FlagCondition condition = {};
  std::vector<DescribedMigration> migrations = {};
  std::vector<std::string> notes = {};  ///< What people should know, e.g. a skipped export.
  std::vector<SuspiciousStatement> suspicious = {};

  friend bool operator==(const ManifestEntry&, const ManifestEntry&) = default;
};

/// Everything known about one member.
struct Manifest {
  std::string member = {};
  std::string version = {};  ///< Of the package.
  std::string builder = {};  ///< What made it; another builder's results are not trusted.
  std::vector<ManifestEntry> entries = {};  ///< Sorted by source.
  std::vector<FlagDefinition> flags = {};   ///< The core package's feature flags.
  std::vector<ManifestInput> flag_inputs = {};
  /// Outputs in the order in which a module's definition lists them; empty for other members.
  std::vector<std::filesystem::path> listed = {};
  std::vector<ManifestInput> list_inputs = {};  ///< Every file that the list was made from.

  /// The entry of that source, or null.
  [[nodiscard]] const ManifestEntry* find(std::string_view source) const;

  friend bool operator==(const Manifest&, const Manifest&) = default;
};

/// As JSON text, one entry a line, stable for equal manifests.
[[nodiscard]] std::string to_json(const Manifest& manifest);

/// Nothing if the text is no manifest of this version of the format: then it is simply rebuilt.
[[nodiscard]] std::optional<Manifest> parse_manifest(std::string_view text);

}  // namespace medusa
