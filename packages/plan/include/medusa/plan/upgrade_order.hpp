// SPDX-License-Identifier: MIT
// The order of what is pending: the catalog's migrations and declarations as a graph.
#pragma once

#include <string>
#include <vector>

#include "medusa/catalog/catalog.hpp"
#include "medusa/plan/history.hpp"
#include "medusa/plan/ordering.hpp"

namespace medusa {

/// Pending migrations and their order. Nodes of `ordering` are positions in `pending`.
struct UpgradeOrder {
  std::vector<const Migration*> pending = {};  ///< In TypeORM's order.
  Ordering ordering = {};
  /// Declarations that the history already goes against, for people.
  std::vector<std::string> warnings = {};
};

/// What the next upgrade has to run: enabled and not recorded; in TypeORM's order.
[[nodiscard]] std::vector<const Migration*> pending_migrations(const Catalog& catalog,
                                                               const History& history);

/// Orders what is pending. What is applied stays as it is: a declaration about it is satisfied, or
/// goes into the warnings.
/// @param gate knows the nodes by their position in `pending_migrations`; what it finds unmet is in
///   the result, not thrown. Null: only members and declarations decide.
/// @throws Error with ErrorCode::Plan carrying every problem: as resolve_declarations, and each
///   circle of declarations, looked for among the applied migrations too, since a new database
///   would meet it.
[[nodiscard]] UpgradeOrder order_upgrade(const Catalog& catalog,
                                         const History& history,
                                         OrderGate* gate = nullptr);

/// Why a migration follows the one at the beginning of the edge, in a few words, e.g.
/// "after medusa-plugin-reviews: declared in medusa.toml:12".
[[nodiscard]] std::string reason_text(const OrderReason& reason, const Migration& earlier);

}  // namespace medusa
