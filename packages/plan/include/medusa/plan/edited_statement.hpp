// SPDX-License-Identifier: MIT
// A migration that is half done goes on behind what is done of it; so what is done must still be
// what it would send.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "medusa/catalog/catalog.hpp"
#include "medusa/catalog/lowered.hpp"
#include "medusa/core/error.hpp"
#include "medusa/plan/journal.hpp"

namespace medusa {

/// The first statement in which the program is not what the journal has; nothing if it can go on.
/// Where a program asks the database, the branch that agrees longest is the one that was taken.
[[nodiscard]] std::optional<EditedStatement> find_edited_statement(
    const std::vector<JournalledStatement>& journalled, const LoweredProgram& program);

/// The program of one direction of a migration, as load_lowering.
using ProgramSource = std::function<Lowering(const Migration&, bool up)>;

/// The journal with what was edited since. Of what only running a migration can tell nothing is
/// said.
[[nodiscard]] Journal with_edits(const Journal& journal,
                                 const Catalog& catalog,
                                 const ProgramSource& programs);

/// Why the migration cannot go on. @pre begun.edited
[[nodiscard]] Diagnostic edit_refusal(const BegunMigration& begun, const std::string& who);

}  // namespace medusa
