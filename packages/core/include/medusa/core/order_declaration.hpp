// SPDX-License-Identifier: MIT
// What people declare about the order of migrations: in medusa.toml, in a member's package.json, in
// the head of an SQL migration. Package `plan` resolves it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "medusa/core/location.hpp"

namespace medusa {

/// Which side of the other one the subject stands on.
enum class OrderRelation { After, Before };

/// "after" or "before".
[[nodiscard]] std::string_view to_string(OrderRelation relation);

/// Nothing if it is neither word.
[[nodiscard]] std::optional<OrderRelation> parse_order_relation(std::string_view word);

/// "`subject` runs after (before) `other`"; both as written, see OrderReference.
struct OrderDeclaration {
  std::string subject = {};
  OrderRelation relation = OrderRelation::After;
  std::string other = {};
  Location place = {};  ///< Of `other`, where it was written.

  friend bool operator==(const OrderDeclaration& a, const OrderDeclaration& b) {
    return a.subject == b.subject && a.relation == b.relation && a.other == b.other &&
           a.place.file == b.place.file && a.place.line == b.place.line &&
           a.place.column == b.place.column;
  }
};

/// Whom a declaration means: `[?]member[@range][/Migration]`, e.g. "medusa-plugin-reviews",
/// "medusa-plugin-reviews/AddReviews1700000000000", "@medusajs/medusa@>=1.20",
/// "?medusa-plugin-wishlist".
struct OrderReference {
  bool optional = false;       ///< "?": if it is not there, nothing is declared.
  std::string member = {};     ///< Its package's name.
  std::string range = {};      ///< The member's version must be in it; empty: any.
  std::string migration = {};  ///< Empty: all of the member's.

  /// Nothing if the text has no such form. The range is not looked at.
  [[nodiscard]] static std::optional<OrderReference> parse(std::string_view text);
};

}  // namespace medusa
