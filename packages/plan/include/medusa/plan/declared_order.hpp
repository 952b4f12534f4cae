// SPDX-License-Identifier: MIT
// What was declared about the order, with names that were found.
#pragma once

#include <string>
#include <vector>

#include "medusa/catalog/catalog.hpp"
#include "medusa/core/order_declaration.hpp"

namespace medusa {

/// One side of a declaration.
struct OrderSide {
  std::string member = {};
  std::string migration = {};  ///< Empty: all of the member's.

  /// "member" or "member/migration", for people.
  [[nodiscard]] std::string text() const;

  [[nodiscard]] bool includes(const Migration& one) const {
    return one.member == member && (migration.empty() || one.name == migration);
  }
};

/// `earlier` runs before `later`.
struct DeclaredOrder {
  OrderSide earlier = {};
  OrderSide later = {};
  OrderDeclaration declaration = {};
};

/// The catalog's declarations, without those about something optional that is not there.
/// @throws Error with ErrorCode::Plan carrying every problem: a member or migration that does not
///   exist, a version that is not in the range, something that should come after itself.
[[nodiscard]] std::vector<DeclaredOrder> resolve_declarations(const Catalog& catalog);

/// The place as a reason names it: "medusa.toml:12", "medusa-plugin-loyalty/package.json:5".
[[nodiscard]] std::string short_place(const Location& place);

}  // namespace medusa
