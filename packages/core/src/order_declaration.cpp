// SPDX-License-Identifier: MIT
#include "medusa/core/order_declaration.hpp"

#include <algorithm>

#include "medusa/core/text.hpp"

namespace medusa {

std::string_view to_string(OrderRelation relation) {
  return relation == OrderRelation::After ? "after" : "before";
}

std::optional<OrderRelation> parse_order_relation(std::string_view word) {
  for (const OrderRelation relation : {OrderRelation::After, OrderRelation::Before}) {
    if (word == to_string(relation)) {
      return relation;
    }
  }
  return std::nullopt;
}

std::optional<OrderReference> OrderReference::parse(std::string_view text) {
  OrderReference reference;
  text = trim(text);
  if (text.starts_with('?')) {
    reference.optional = true;
    text.remove_prefix(1);
  }
  // The '@' and '/' of a scope belong to the name.
  std::size_t name_begin = 0;
  if (text.starts_with('@')) {
    name_begin = text.find('/');
    if (name_begin == std::string_view::npos) {
      return std::nullopt;
    }
    ++name_begin;
  }
  const std::size_t name_end = std::min(text.find_first_of("@/", name_begin), text.size());
  if (name_end == name_begin || name_begin == 2) {
    return std::nullopt;
  }
  reference.member = text.substr(0, name_end);
  text.remove_prefix(name_end);
  if (text.starts_with('@')) {
    const std::size_t range_end = std::min(text.find('/'), text.size());  // no range has a '/'
    reference.range = trim(text.substr(1, range_end - 1));
    text.remove_prefix(range_end);
    if (reference.range.empty()) {
      return std::nullopt;
    }
  }
  if (text.starts_with('/')) {
    reference.migration = text.substr(1);
    if (reference.migration.empty()) {
      return std::nullopt;
    }
  }
  return reference;
}

}  // namespace medusa
