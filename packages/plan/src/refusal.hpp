// SPDX-License-Identifier: MIT
#pragma once

#include "medusa/core/error.hpp"
#include "medusa/plan/renaming.hpp"

#include "known_migrations.hpp"
#include "symbolic_run.hpp"

namespace medusa {

/// The problem for people: both sides, where each is written, what to do.
/// @param renaming of the migration, if it may have been applied under another name.
[[nodiscard]] Diagnostic refusal_of(const ForeseenProblem& problem,
                                    const KnownMigrations& known,
                                    const Renaming* renaming = nullptr);

}  // namespace medusa
