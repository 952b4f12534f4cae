// SPDX-License-Identifier: MIT
// What each migration of a member does to a database, kept beside its manifest: planning reads it
// instead of parsing the SQL again, and only when something is pending.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "medusa/catalog/lowered.hpp"
#include "medusa/core/location.hpp"
#include "medusa/sql/footprint.hpp"

namespace medusa {

/// The file of a member's footprints, in the folder of its recorded programs.
inline constexpr const char* kFootprintsName = "medusa-footprints.json";

/// Of the text's form and of the rules by which SQL is read: a change of either makes footprints
/// written before worthless.
inline constexpr int kFootprintRules = 8;

/// What one direction of a migration does, statement by statement. If it is dynamic, that is one
/// opaque statement with the reason.
struct DirectionFootprint {
  std::vector<StatementFootprint> statements = {};
  /// Where each statement is written; an empty file is the migration's source.
  std::vector<Location> places = {};

  /// Of each statement: whether it is only sent after one answer to a question. What such a
  /// statement would meet is not known: the migration asked in order to avoid it.
  std::vector<bool> asked = {};

  /// Why more may happen than the effects say: of the first such statement; empty if everything is
  /// known.
  [[nodiscard]] std::string doubt() const;
};

/// Both directions of one migration.
struct LoweredFootprint {
  std::string name = {};
  DirectionFootprint up = {};
  DirectionFootprint down = {};
};

/// The footprints of the migrations of one source, and the checksum of what they were read from.
struct SourceFootprints {
  std::string key = {};
  std::vector<LoweredFootprint> migrations = {};
};

/// Reads the SQL of one direction. Where the program asks the database, what follows either answer
/// is conditional, and the table that the question names is read.
[[nodiscard]] DirectionFootprint footprint_of(const Lowering& lowering);

/// As JSON text, one migration a line, stable for equal content.
[[nodiscard]] std::string to_json(const std::vector<SourceFootprints>& sources);

/// Nothing if the text is not of this version of the format, or was read by other rules.
[[nodiscard]] std::optional<std::vector<SourceFootprints>> parse_footprints(std::string_view text);

}  // namespace medusa
