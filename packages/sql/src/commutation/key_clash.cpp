// SPDX-License-Identifier: MIT
#include <algorithm>
#include <utility>
#include <vector>

#include "commutation/clash_rules.hpp"
#include "commutation/effect_nature.hpp"
#include "commutation/key_definition.hpp"
#include "commutation/overlap.hpp"

namespace medusa {

namespace {

using Key = KnownObjects::Key;

class KeyChange {
 public:
  KeyChange(const Effect& key, const KnownObjects& known)
      : key_(key),
        objects_(known),
        // Which table an index is of shows only where it is created.
        of_any_table_(key.object.kind == ObjectKind::Index && key.action != Action::Create),
        is_created_(key.action == Action::Create) {
    if (auto created = created_key(key)) {
      known_.push_back(std::move(*created));
    } else {
      known_ = known.keys(key.object);
    }
  }

  [[nodiscard]] bool of_any_table() const { return of_any_table_; }

  /// Whether the object is of the table that the key is of.
  [[nodiscard]] bool concerns(const ObjectRef& object) const {
    if (!belongs_to_relation(object)) {
      return false;
    }
    if (of_any_table_) {
      const auto own = objects_.entity(key_.object);
      const auto others = objects_.entity(object);
      return !objects_.complete() || !own.has_value() || !others.has_value() || own == others;
    }
    return same_relation(key_.object, object) ||
           std::any_of(
               key_.depends_on.begin(), key_.depends_on.end(), [&](const Effect::Dependency& each) {
                 return each.owned && same_relation(each.object, object);
               });
  }

  /// A foreign key counts on a unique index, or two, of the table that it refers to.
  [[nodiscard]] bool serves(const Effect& foreign_key) const {
    const std::vector<Effect::Dependency>& all = foreign_key.depends_on;
    const auto refers = [](const Effect::Dependency& each) { return !each.owned; };
    const bool shows = std::any_of(all.begin(), all.end(), refers);
    const bool meets = std::any_of(all.begin(), all.end(), [&](const Effect::Dependency& each) {
      return (!shows || refers(each)) && concerns(each.object);
    });
    return meets && maybe([&](const Key& key) {
             return may_serve(key, foreign_key, is_created_ || !objects_.renames_columns(key.of));
           });
  }

  /// GROUP BY a primary key allows the other columns.
  [[nodiscard]] bool may_be_primary() const {
    return maybe([](const Key& key) {
      return key.kind == Key::Kind::Primary || key.kind == Key::Kind::Unknown;
    });
  }

  /// An index that only makes things fast has nothing to do with what the rows are.
  [[nodiscard]] bool limits_rows() const {
    return key_.object.kind != ObjectKind::Index ||
           maybe([](const Key& key) { return key.kind != Key::Kind::Other || key.computed; });
  }

 private:
  template <typename Predicate>
  [[nodiscard]] bool maybe(const Predicate& predicate) const {
    return known_.empty() || std::any_of(known_.begin(), known_.end(), predicate);
  }

  const Effect& key_;
  const KnownObjects& objects_;
  bool of_any_table_;
  bool is_created_;
  std::vector<Key> known_ = {};  ///< What it is, or may be; none: anything.
};

// A constraint and its index have one name, and what is done to one is done to both.
bool is_pair(const Effect& key, const Effect& other) {
  const auto is_key = [](const Effect& effect) {
    return effect.object.kind == ObjectKind::Index || effect.object.kind == ObjectKind::Constraint;
  };
  const auto name = [](const ObjectRef& object) -> const std::string& {
    return object.kind == ObjectKind::Constraint ? object.part : object.name;
  };
  return is_key(other) && name(key.object) == name(other.object) &&
         maybe_same_schema(key.object, other.object) &&
         (key.object.kind == ObjectKind::Index || other.object.kind == ObjectKind::Index);
}

}  // namespace

bool may_be_primary(const Effect& constraint, const KnownObjects& known) {
  return KeyChange(constraint, known).may_be_primary();
}

std::string key_clash(const Effect& key, const Effect& other, const ClashContext& context) {
  if (key.object.kind != ObjectKind::Index && key.object.kind != ObjectKind::Constraint) {
    return {};
  }
  const KeyChange change(key, context.known);
  const auto concerns = [&](const ObjectRef& object) { return change.concerns(object); };
  const bool view = is(other, Action::Create, ObjectKind::View) ||
                    is(other, Action::Create, ObjectKind::Function);
  if ((is_foreign_key(other) && change.serves(other)) ||
      (view && change.may_be_primary() && touches(other, concerns))) {
    return said(key, other, ", which may count on it");
  }
  if (changes_rows(other) && concerns(other.object) && change.limits_rows()) {
    return said(key, other, ", whose rows it concerns");
  }
  if (other.action == Action::Need && other.definition == "like" && concerns(other.object)) {
    return said(key, other, ", which is copied with it");
  }
  const bool type_change = other.action == Action::Alter && other.object.kind == ObjectKind::Column;
  if (type_change && change.of_any_table() && concerns(other.object)) {
    return said(key, other, ", which it may be of");
  }
  return is_pair(key, other) ? said(key, other, "") : "";
}

}  // namespace medusa
