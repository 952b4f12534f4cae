// SPDX-License-Identifier: MIT
#pragma once

#include "medusa/core/error.hpp"

#include "known_migrations.hpp"
#include "symbolic_run.hpp"

namespace medusa {

/// The problem for people: both sides, where each is written, what to do.
[[nodiscard]] Diagnostic refusal_of(const ForeseenProblem& problem, const KnownMigrations& known);

}  // namespace medusa
