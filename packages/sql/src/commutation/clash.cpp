// SPDX-License-Identifier: MIT
#include "commutation/clash.hpp"

#include <algorithm>
#include <string_view>

#include "commutation/overlap.hpp"

namespace medusa {

namespace {

bool only_looks(const Effect& effect) {
  return effect.action == Action::Need || effect.action == Action::Read;
}

bool is(const Effect& effect, Action action, ObjectKind kind) {
  return effect.action == action && effect.object.kind == kind;
}

bool changes_rows(const Effect& effect) {
  return effect.action == Action::Write && belongs_to_relation(effect.object);
}

bool reads_rows(const Effect& effect) {
  return effect.action == Action::Read && belongs_to_relation(effect.object);
}

bool is_foreign_key(const Effect& effect) {
  return is(effect, Action::Create, ObjectKind::Constraint) &&
         effect.definition.starts_with("FOREIGN KEY");
}

/// "alter the column t.x", of one: "alters".
std::string said(const Effect& effect, bool by_one) {
  return std::string(to_string(effect.action)) + (by_one ? "s the " : " the ") +
         std::string(to_string(effect.object.kind)) + " " + effect.object.text();
}

std::string said(const Effect& a, const Effect& b, std::string_view why) {
  if (said(a, false) == said(b, false)) {
    return "both " + said(a, false) + std::string(why);
  }
  return "one " + said(a, true) + ", the other " + said(b, true) + std::string(why);
}

// What the effect touches besides its object: its new name, what it depends on.
template <typename Predicate>
bool touches(const Effect& effect, const Predicate& predicate) {
  if (predicate(effect.object) || (effect.renamed_to && predicate(*effect.renamed_to))) {
    return true;
  }
  return std::any_of(effect.depends_on.begin(),
                     effect.depends_on.end(),
                     [&](const Effect::Dependency& each) { return predicate(each.object); });
}

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

// Two effects on one relation, the first of which changes more than rows.
std::string relation_clash(const Effect& change, const Effect& other) {
  const ObjectKind kind = change.object.kind;
  if (kind == ObjectKind::Column) {
    return column_clash(change, other);
  }
  if (!same_relation(change.object, other.object)) {
    return {};
  }
  if (kind == ObjectKind::Table || kind == ObjectKind::View) {
    return said(change, other, "");
  }
  if (changes_rows(other)) {
    return said(change, other, ", whose rows it concerns");
  }
  const bool takes_copy = other.action == Action::Need && other.definition == "like";
  if (takes_copy) {
    return said(change, other, ", which is copied with it");
  }
  // GROUP BY a primary key allows the other columns.
  const bool key = kind == ObjectKind::Constraint &&
                   (change.action != Action::Create || change.definition.starts_with("PRIMARY"));
  if (key && (other.action == Action::Read || !other.definition.empty()) &&
      other.object.kind != ObjectKind::Constraint && other.object.kind != ObjectKind::Trigger &&
      other.action != Action::Create) {
    return said(change, other, ", which may count on it");
  }
  const bool two_keys = key && other.action == Action::Create &&
                        other.definition.starts_with("PRIMARY") &&
                        change.definition.starts_with("PRIMARY");
  return two_keys ? said(change, other, ": a table has one primary key") : "";
}

// What an index or constraint does to whatever counts on it.
std::string key_clash(const Effect& key, const Effect& other) {
  const bool index = key.object.kind == ObjectKind::Index;
  if (!index && key.object.kind != ObjectKind::Constraint) {
    return {};
  }
  // Which table an index is of shows only where it is created.
  const bool of_any_table = index && key.action != Action::Create;
  const auto concerns = [&](const ObjectRef& object) {
    if (!belongs_to_relation(object)) {
      return false;
    }
    return of_any_table || same_relation(key.object, object) ||
           std::any_of(
               key.depends_on.begin(), key.depends_on.end(), [&](const Effect::Dependency& each) {
                 return each.owned && same_relation(each.object, object);
               });
  };
  const bool view = is(other, Action::Create, ObjectKind::View) ||
                    is(other, Action::Create, ObjectKind::Function);
  const bool counts = is_foreign_key(other) || view;
  if (counts && touches(other, concerns)) {
    return said(key, other, ", which may count on it");
  }
  if (changes_rows(other) && concerns(other.object)) {
    return said(key, other, ", whose rows it concerns");
  }
  if (other.action == Action::Need && other.definition == "like" && concerns(other.object)) {
    return said(key, other, ", which is copied with it");
  }
  const bool type_change = other.action == Action::Alter && other.object.kind == ObjectKind::Column;
  if (type_change && of_any_table) {
    return said(key, other, ", which it may be of");
  }
  // A constraint and its index have one name, and what is done to one is done to both.
  const bool pair =
      other.object.kind == ObjectKind::Index || other.object.kind == ObjectKind::Constraint;
  const auto name = [](const ObjectRef& object) -> const std::string& {
    return object.kind == ObjectKind::Constraint ? object.part : object.name;
  };
  if (pair && name(key.object) == name(other.object) &&
      maybe_same_schema(key.object, other.object) &&
      (index || other.object.kind == ObjectKind::Index)) {
    return said(key, other, "");
  }
  return {};
}

// Writing rows sets more in motion than the table itself: foreign keys, views, sequences.
std::string rows_clash(const Effect& write, const Effect& other) {
  if (!changes_rows(write)) {
    return {};
  }
  if (changes_rows(other) || reads_rows(other)) {
    return said(write,
                other,
                overlap(write.object, other.object) || same_relation(write.object, other.object)
                    ? ""
                    : ", which foreign keys or views may connect");
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
    case Action::Write:
      return said(write, other, ", which a default may draw from");
    case Action::Create:
      if (other.object.kind == ObjectKind::EnumValue) {
        return said(write, other, ", which a row may have");
      }
      if (other.replaces || other.object.kind == ObjectKind::Trigger) {
        return said(write, other, ", which it may run");
      }
      if (is_foreign_key(other) && touches(other, [&](const ObjectRef& object) {
            return same_relation(object, write.object);
          })) {
        return said(write, other, ", which it checks");
      }
      return {};
    default:
      return {};
  }
}

// Something goes, and what depended on it, and the names of both.
std::string drop_clash(const Effect& drop, const Effect& other) {
  if (drop.action != Action::Drop) {
    return {};
  }
  if (drop.cascade) {
    return said(drop, other, ", which CASCADE may take along");
  }
  const bool same_kind = drop.object.kind == other.object.kind;
  const bool leaf =
      drop.object.kind == ObjectKind::Index || drop.object.kind == ObjectKind::Trigger;
  if (other.action == Action::Drop && !(same_kind && leaf)) {
    return said(drop, other, ", and one may depend on the other");
  }
  if (other.action == Action::Alter || other.replaces) {
    return said(drop, other, ", and one may depend on the other");
  }
  const bool takes_along =
      drop.object.kind != ObjectKind::Index && drop.object.kind != ObjectKind::Trigger &&
      drop.object.kind != ObjectKind::Sequence && drop.object.kind != ObjectKind::Function;
  const ObjectRef& name = other.renamed_to ? *other.renamed_to : other.object;
  const bool takes_name = (other.action == Action::Create || other.action == Action::Rename) &&
                          (namespace_of(name.kind) == Namespace::Relation ||
                           name.kind == ObjectKind::Constraint || name.kind == ObjectKind::Type);
  if (takes_along && takes_name && maybe_same_schema(drop.object, name)) {
    return said(drop, other, ", whose name an index of the former may have");
  }
  // Renaming finds an index or constraint that goes with its table.
  if (takes_along && other.action == Action::Rename &&
      (other.object.kind == ObjectKind::Index || other.object.kind == ObjectKind::Constraint ||
       other.object.kind == ObjectKind::Sequence || other.object.kind == ObjectKind::Trigger)) {
    return said(drop, other, ", which goes with it");
  }
  return {};
}

// Whether a text in it may be one of an enum's values.
bool may_mean_a_value(const Effect& effect) {
  switch (effect.action) {
    case Action::Read:
    case Action::Write:
      return belongs_to_relation(effect.object);
    case Action::Alter:
      return effect.object.kind == ObjectKind::Column || effect.object.kind == ObjectKind::Table;
    case Action::Create:
      break;
    default:
      return false;
  }
  switch (effect.object.kind) {
    case ObjectKind::Index:
    case ObjectKind::View:
    case ObjectKind::Function:
    case ObjectKind::Trigger:
      return true;
    case ObjectKind::Constraint:
      return !effect.definition.starts_with("FOREIGN") &&
             !effect.definition.starts_with("PRIMARY") && !effect.definition.starts_with("UNIQUE");
    default:
      return effect.columns_unknown;
  }
}

std::string type_clash(const Effect& change, const Effect& other) {
  if (change.object.kind == ObjectKind::EnumValue) {
    // Where a text is taken for a value of the type does not show.
    const bool same_type = touches(other, [&](const ObjectRef& object) {
      const Namespace space = namespace_of(object.kind);
      return (space == Namespace::Type || space == Namespace::EnumValue) &&
             object.name == change.object.name && maybe_same_schema(object, change.object);
    });
    if (same_type || may_mean_a_value(other)) {
      return said(change, other, ", where the value may be meant");
    }
  }
  return {};
}

std::string extension_clash(const Effect& change, const Effect& other) {
  if (change.object.kind != ObjectKind::Extension) {
    return {};
  }
  const bool apart =
      other.object.kind == ObjectKind::Schema ||
      (other.object.kind == ObjectKind::Extension && other.object.name != change.object.name);
  return apart ? "" : said(change, other, ", which may use what the extension brings");
}

std::string schema_clash(const Effect& change, const Effect& other) {
  if (change.object.kind != ObjectKind::Schema) {
    return {};
  }
  const auto inside = [&](const ObjectRef& object) {
    const bool unqualified = object.schema.empty() && object.kind != ObjectKind::Schema &&
                             object.kind != ObjectKind::Extension;
    return object.schema == change.object.name ||
           (change.renamed_to && object.schema == change.renamed_to->name) ||
           // A new schema changes nothing for names that are found without it.
           (unqualified && change.action != Action::Create);
  };
  return touches(other, inside) ? said(change, other, "") : "";
}

std::string directed(const Effect& change, const Effect& other) {
  if (only_looks(change)) {
    return {};
  }
  if (change.object.kind == ObjectKind::Setting) {
    return said(change, other, ", which may mean something else then");
  }
  const bool sequence_moves =
      change.object.kind == ObjectKind::Sequence && change.action != Action::Create;
  if (sequence_moves && changes_rows(other)) {
    return said(change, other, ", whose default may draw from it");
  }
  if (change.action != Action::Write) {
    using Rule = std::string (*)(const Effect&, const Effect&);
    constexpr Rule kRules[] = {
        relation_clash, key_clash, drop_clash, type_clash, extension_clash, schema_clash};
    for (const Rule rule : kRules) {
      if (std::string reason = rule(change, other); !reason.empty()) {
        return reason;
      }
    }
  }
  return rows_clash(change, other);
}

// The object itself, or one it is made of, is what the other changes.
bool meet(const Effect& change, const Effect& other) {
  const auto same = [&](const ObjectRef& object) {
    const auto is_it = [&](const ObjectRef& changed) {
      // Parts are compared as parts; a relation and its parts by the rules for relations.
      return overlap(object, changed) && object.part.empty() == changed.part.empty();
    };
    return is_it(change.object) || (change.renamed_to && is_it(*change.renamed_to));
  };
  return touches(other, same);
}

bool whole_meets_part(const Effect& change, const Effect& other) {
  // A table or type that comes, goes or is renamed: so do its parts.
  if (!change.object.part.empty() || change.action == Action::Write) {
    return false;
  }
  return touches(other, [&](const ObjectRef& object) {
    return !object.part.empty() && (overlap(object, change.object) ||
                                    (change.renamed_to && overlap(object, *change.renamed_to)));
  });
}

}  // namespace

std::string clash(const Effect& a, const Effect& b) {
  if (only_looks(a) && only_looks(b)) {
    return {};
  }
  if (names_compete(a, b)) {
    return said(a, b, ", and their names compete");
  }
  for (const auto& [change, other] : {std::pair(&a, &b), std::pair(&b, &a)}) {
    if (only_looks(*change)) {
      continue;
    }
    const bool met = meet(*change, *other) || whole_meets_part(*change, *other);
    // Rows have rules of their own.
    if (met && !changes_rows(*change)) {
      return said(a, b, "");
    }
  }
  std::string reason = directed(a, b);
  return reason.empty() ? directed(b, a) : reason;
}

}  // namespace medusa
