// SPDX-License-Identifier: MIT
#include "commutation/clash_rules.hpp"
#include "commutation/effect_nature.hpp"
#include "commutation/overlap.hpp"

namespace medusa {

namespace {

std::string rows_meet(const Effect& write, const Effect& other, const KnownObjects& known) {
  if (known.rows_apart(write, other) || known.columns_apart(write, other)) {
    return {};
  }
  return said(write,
              other,
              overlap(write.object, other.object) || same_relation(write.object, other.object)
                  ? ""
                  : ", which foreign keys or views may connect");
}

std::string created_clash(const Effect& write, const Effect& other, const ClashContext& context) {
  const bool ignored = context.known.rows_ignore(write, other.object);
  if (other.object.kind == ObjectKind::EnumValue) {
    return ignored ? "" : said(write, other, ", which a row may have");
  }
  if (other.replaces || other.object.kind == ObjectKind::Trigger) {
    return ignored ? "" : said(write, other, ", which it may run");
  }
  const auto written = [&](const ObjectRef& object) { return same_relation(object, write.object); };
  if (is_foreign_key(other) && touches(other, written)) {
    // An empty table has nothing to check, and nothing to cascade to. TRUNCATE looks at no rows.
    const bool is_idle =
        context.empty_tables.contains(other.object.name) && write.definition != "truncate";
    return is_idle ? "" : said(write, other, ", which it checks");
  }
  return {};
}

}  // namespace

std::string rows_clash(const Effect& write, const Effect& other, const ClashContext& context) {
  if (!changes_rows(write)) {
    return {};
  }
  if (changes_rows(other) || reads_rows(other)) {
    return rows_meet(write, other, context.known);
  }
  if (other.action == Action::Create) {
    return created_clash(write, other, context);
  }
  if (only_looks(other) || context.known.rows_ignore(write, other.object)) {
    return {};
  }
  switch (other.action) {
    case Action::Drop:
    case Action::Alter:
      return said(write, other, ", which the rows may hang on");
    case Action::Rename:
      // Values are written by name, and so are enum values; the rest follows.
      return other.object.kind == ObjectKind::EnumValue || other.object.kind == ObjectKind::Type
                 ? said(write, other, ", which a row may have")
                 : "";
    default:
      return said(write, other, ", which a default may draw from");
  }
}

}  // namespace medusa
