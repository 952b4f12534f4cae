// SPDX-License-Identifier: MIT
#pragma once

#include "medusa/catalog/migration.hpp"
#include "medusa/plan/recordings.hpp"

namespace medusa {

/// Whether what was applied is what lies here today.
enum class Comparison {
  Same,
  SqlDiffers,     ///< Both are known: it would send other SQL.
  SourceDiffers,  ///< Its source is another; what it sends is known only when it runs.
  Unknown,        ///< There is nothing to compare: dynamic, and its package came built.
};

/// Whether it makes the state `changed`.
[[nodiscard]] bool is_change(Comparison comparison);

/// SQL is compared where both sides have it, whatever became of the source; else the sources, where
/// both are a person's. Built files are not: every compiler writes them differently.
[[nodiscard]] Comparison compare(const Migration& today, const Recording& recorded);

}  // namespace medusa
