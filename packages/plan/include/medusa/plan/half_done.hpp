// SPDX-License-Identifier: MIT
// What people should know of what is half done: which command brings it to its end. Neither the
// next run nor the next revert need be the one that does.
#pragma once

#include <string>
#include <vector>

#include "medusa/catalog/catalog.hpp"
#include "medusa/plan/history.hpp"
#include "medusa/plan/journal.hpp"

namespace medusa {

/// Those of the journal that are still true, each with its command: what the history says by now to
/// be applied, or taken back, came to its end some other way (Medusa's own command line).
[[nodiscard]] Journal half_done(const Journal& journal,
                                const Catalog& catalog,
                                const History& history);

/// What a plan says of those that it does not go on with: which, how far they came, and the
/// command.
[[nodiscard]] std::vector<std::string> half_done_warnings(const Journal& journal,
                                                          const Catalog& catalog,
                                                          const History& history);

}  // namespace medusa
