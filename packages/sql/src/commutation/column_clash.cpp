// SPDX-License-Identifier: MIT
#include <algorithm>

#include "commutation/clash_rules.hpp"
#include "commutation/effect_nature.hpp"
#include "commutation/overlap.hpp"

namespace medusa {

namespace {

// Whether the columns that the relation has, all of them, matter to the effect.
bool takes_all_columns(const Effect& effect, const ObjectRef& relation) {
  const auto whole = [&](const ObjectRef& object) {
    return object.part.empty() && same_relation(object, relation);
  };
  switch (effect.action) {
    case Action::Need:
      return whole(effect.object) && !effect.definition.empty();
    case Action::Read:
      return whole(effect.object) && effect.definition != "rows";
    case Action::Write:
      return whole(effect.object) && effect.definition != "delete" &&
             effect.definition != "truncate";
    case Action::Alter:
    case Action::Rename:
    case Action::Drop:
      return whole(effect.object);
    case Action::Create:
      break;
  }
  if (whole(effect.object)) {
    return true;
  }
  // The columns of a table are its own; anything else that depends on it takes all of them.
  return effect.object.kind != ObjectKind::Column && effect.object.kind != ObjectKind::Trigger &&
         !is_foreign_key(effect) &&
         std::any_of(effect.depends_on.begin(),
                     effect.depends_on.end(),
                     [&](const Effect::Dependency& each) { return whole(each.object); });
}

// Rows that are there get what rows that come later get: no default, or a constant.
bool same_for_all_rows(const Effect& new_column) {
  const std::string& text = new_column.definition;
  const std::size_t value = text.find(" DEFAULT ");
  const bool computed =
      text.find(" GENERATED ") != std::string::npos ||
      (value != std::string::npos && (text.find('(', value) != std::string::npos ||
                                      text.find("nextval", value) != std::string::npos ||
                                      text.find("CURRENT_", value) != std::string::npos ||
                                      text.find("LOCAL", value) != std::string::npos));
  const bool required = text.find(" NOT NULL") != std::string::npos;
  return !computed && new_column.depends_on.size() == 1 &&
         (!required || value != std::string::npos);
}

}  // namespace

std::string column_clash(const Effect& column, const Effect& other) {
  if (!same_relation(column.object, other.object)) {
    // A view, an index or a key elsewhere may be made of it.
    const bool uses = touches(other, [&](const ObjectRef& object) {
      return overlap(object, column.object) && !object.part.empty();
    });
    return uses || takes_all_columns(other, column.object) ? said(column, other, "") : "";
  }
  if (takes_all_columns(other, column.object)) {
    return said(column, other, ", whose columns all count");
  }
  if (!changes_rows(other)) {
    return {};
  }
  if (column.action == Action::Create) {
    return same_for_all_rows(column) ? ""
                                     : said(column, other, ", which fills it or leaves it empty");
  }
  return column.action == Action::Rename ? "" : said(column, other, ", whose rows must fit");
}

}  // namespace medusa
