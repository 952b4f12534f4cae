// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace medusa {

/// A statement of a migration outside a transaction, as the journal has it.
struct JournalledStatement {
  std::size_t ordinal = 0;      ///< Among what the migration sends, from 1.
  std::string checksum = {};    ///< statement_checksum of what was sent.
  std::string beginning = {};   ///< statement_beginning of it.
  bool done = false;            ///< Else nobody knows what became of it.
  std::string forgetting = {};  ///< SQL by which a person has this one forgotten.
};

/// SHA-256 of its text and parameters (absent is NULL); the database remembers it.
[[nodiscard]] std::string statement_checksum(
    const std::string& sql, const std::optional<std::vector<std::optional<std::string>>>& values);

/// The beginning of its first line, for people; never a part of a character.
[[nodiscard]] std::string statement_beginning(const std::string& sql);

}  // namespace medusa
