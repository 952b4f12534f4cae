// SPDX-License-Identifier: MIT
#include "medusa/sql/known_objects_builder.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "commutation/chosen_name.hpp"
#include "commutation/effect_nature.hpp"
#include "commutation/entity_name.hpp"
#include "commutation/key_definition.hpp"
#include "commutation/overlap.hpp"

namespace medusa {

namespace {

const std::string& key_name(const ObjectRef& object) {
  return object.kind == ObjectKind::Constraint ? object.part : object.name;
}

bool takes_name(const ObjectRef& object) {
  return namespace_of(object.kind) == Namespace::Relation ||
         object.kind == ObjectKind::Constraint || object.kind == ObjectKind::Type;
}

bool is_relation_like(const ObjectRef& object) {
  return belongs_to_relation(object) || namespace_of(object.kind) == Namespace::Relation;
}

bool cascades(const std::string& definition) {
  for (const char* const action : {"CASCADE", "SET NULL", "SET DEFAULT"}) {
    if (definition.find(action) != std::string::npos) {
      return true;
    }
  }
  return false;
}

}  // namespace

KnownObjectsBuilder::Entity KnownObjectsBuilder::enter(const ObjectRef& object) {
  const auto [found, is_new] =
      entities_.emplace(entity_name(object), static_cast<Entity>(parents_.size()));
  if (is_new) {
    parents_.push_back(found->second);
    notes_.emplace_back();
  }
  return found->second;
}

KnownObjectsBuilder::Entity KnownObjectsBuilder::root(Entity entity) {
  while (parents_[entity] != entity) {
    parents_[entity] = parents_[parents_[entity]];
    entity = parents_[entity];
  }
  return entity;
}

void KnownObjectsBuilder::make(const ObjectRef& object) {
  const Entity entity = enter(object);
  notes_[entity].made = notes_[entity].made || object.part.empty();
}

void KnownObjectsBuilder::unite(const ObjectRef& a, const ObjectRef& b) {
  const Entity one = root(enter(a));
  parents_[root(enter(b))] = one;
}

void KnownObjectsBuilder::add(std::span<const StatementFootprint> footprint) {
  for (const StatementFootprint& statement : footprint) {
    for (const Effect& effect : statement.effects) {
      add_effect(effect);
    }
  }
  ++migration_;
}

void KnownObjectsBuilder::add_existing(const ObjectRef& object,
                                       std::span<const Effect::Dependency> depends_on) {
  const Effect made{.action = Action::Create,
                    .object = object,
                    .depends_on = {depends_on.begin(), depends_on.end()}};
  const bool is_key = object.kind == ObjectKind::Index || object.kind == ObjectKind::Constraint;
  const bool is_defined = is_key && has_key(key_name(object), enter(object));
  if (!takes_name(object) || !names_.contains(key_name(object))) {
    add_name(object, false);
  }
  make(object);
  add_object(object, depends_on);
  if (is_key && !is_defined) {
    add_key(made);
    add_reference(made, false);
  }
}

void KnownObjectsBuilder::add_effect(const Effect& effect) {
  if (effect.action == Action::Need || effect.action == Action::Read ||
      effect.action == Action::Write || effect.action == Action::Drop) {
    return;
  }
  add_object(effect.object, effect.depends_on);
  if (effect.action == Action::Create) {
    make(effect.object);
    add_name(effect.object, effect.generated_name);
    if (effect.columns_unknown) {
      notes_[enter(effect.object)].obscure = true;
    }
    add_key(effect);
    if (is_foreign_key(effect)) {
      add_reference(effect, true);
    }
  }
  if (effect.action == Action::Alter && effect.definition == "gets a child") {
    notes_[enter(effect.object)].obscure = true;
  }
  if (effect.renamed_to.has_value()) {
    add_rename(effect);
  }
}

void KnownObjectsBuilder::add_object(const ObjectRef& object,
                                     std::span<const Effect::Dependency> depends_on) {
  const Entity user = enter(object);
  if (object.kind == ObjectKind::Constraint || object.kind == ObjectKind::Index) {
    bind_columns(object, depends_on);
  }
  notes_[user].table = notes_[user].table || object.kind == ObjectKind::Table;
  if (object.kind == ObjectKind::View) {
    notes_[user].obscure = true;
  }
  if (object.kind == ObjectKind::Trigger) {
    notes_[user].triggers.push_back(object);
  }
  for (const Effect::Dependency& each : depends_on) {
    if (is_everywhere(each.object)) {
      continue;
    }
    const Entity used = enter(each.object);
    const bool same = each.owned && is_relation_like(object) && is_relation_like(each.object) &&
                      object.part.empty();
    if (same) {
      // Indexes, owned sequences, partitions.
      notes_[used].obscure = notes_[used].obscure || object.kind == ObjectKind::Table;
      unite(each.object, object);
    } else if (object.kind == ObjectKind::Table && is_relation_like(each.object)) {
      notes_[user].obscure = true;  // An heir.
      notes_[used].obscure = true;
      uses_.push_back({.user = user, .used = used});
    } else {
      if (object.kind == ObjectKind::Column && each.object.kind == ObjectKind::Column) {
        notes_[user].obscure = true;  // It is made of another one.
      }
      // A trigger's function is told with the trigger.
      if (each.object.kind == ObjectKind::Function && object.kind != ObjectKind::Trigger) {
        notes_[user].obscure = true;
      }
      uses_.push_back({.user = user,
                       .used = used,
                       .draws = each.object.kind == ObjectKind::Sequence,
                       .is_typed = each.object.kind == ObjectKind::Type});
    }
  }
}

void KnownObjectsBuilder::bind_columns(const ObjectRef& key,
                                       std::span<const Effect::Dependency> depends_on) {
  std::vector<const Effect::Dependency*> columns;
  for (const Effect::Dependency& each : depends_on) {
    if (each.owned &&
        (each.object.kind == ObjectKind::Column || each.object.kind == ObjectKind::Table)) {
      columns.push_back(&each);
    }
  }
  // One column limits nothing but itself; a whole table stands for all of its columns.
  for (const Effect::Dependency* each : columns) {
    if (columns.size() > 1 || each->object.part.empty()) {
      notes_[enter(each->object)].bound_columns.push_back(each->object.part);
    }
  }
  if (key.kind == ObjectKind::Constraint && columns.empty()) {
    notes_[enter(key)].bound_columns.emplace_back();
  }
}

void KnownObjectsBuilder::add_rename(const Effect& effect) {
  const ObjectRef& to = *effect.renamed_to;
  add_name(to, false);
  switch (effect.object.kind) {
    case ObjectKind::Column:
      notes_[enter(effect.object)].renames = true;
      break;
    case ObjectKind::Constraint:
    case ObjectKind::Index: {
      const Entity of = enter(effect.object);
      if (effect.object.kind == ObjectKind::Index) {
        unite(effect.object, to);
      }
      keys_[key_name(effect.object)].push_back({.of = of});
      keys_[key_name(to)].push_back({.of = of});
      break;
    }
    case ObjectKind::Trigger:
      notes_[enter(to)].triggers.push_back(to);
      break;
    default:
      unite(effect.object, to);
      break;
  }
}

bool KnownObjectsBuilder::has_key(const std::string& name, Entity of) {
  const auto found = keys_.find(name);
  return found != keys_.end() &&
         std::any_of(found->second.begin(), found->second.end(), [&](const auto& key) {
           return root(key.of) == root(of);
         });
}

void KnownObjectsBuilder::add_key(const Effect& effect) {
  if (auto key = created_key(effect)) {
    key->of = enter(effect.object);
    keys_[key_name(effect.object)].push_back(std::move(*key));
  }
}

void KnownObjectsBuilder::add_reference(const Effect& effect, bool definition_known) {
  const Entity child = enter(effect.object);
  for (const Effect::Dependency& each : effect.depends_on) {
    if (!belongs_to_relation(each.object)) {
      continue;
    }
    const Entity entity = enter(each.object);
    notes_[entity].key_columns.push_back(each.object.part);
    if (!each.owned || (definition_known && entity == child)) {
      references_.push_back({.child = child,
                             .parent = entity,
                             .cascades = !definition_known || cascades(effect.definition)});
    }
  }
}

void KnownObjectsBuilder::add_name(const ObjectRef& object, bool generated) {
  if (!takes_name(object)) {
    return;
  }
  const std::string& name = key_name(object);
  const auto [owner, is_new] = names_.emplace(name, NameUse{.owner = migration_});
  owner->second.shared = owner->second.shared || owner->second.owner != migration_;
  for (const std::string& stem : stems_of(name)) {
    const auto [use, is_first] = stems_.emplace(stem, NameUse{.owner = migration_});
    use->second.shared = use->second.shared || use->second.owner != migration_;
    use->second.generated = use->second.generated || generated;
  }
}

KnownObjects KnownObjectsBuilder::build() && {
  KnownObjects made;
  made.complete_ = true;
  made.facts_.resize(parents_.size());
  for (auto& [name, entity] : entities_) {
    made.entities_.emplace(name, root(entity));
  }
  for (Entity entity = 0; entity < notes_.size(); ++entity) {
    Notes& notes = notes_[entity];
    KnownObjects::Facts& facts = made.facts_[root(entity)];
    facts.made = facts.made || notes.made;
    facts.table = facts.table || notes.table;
    facts.obscure = facts.obscure || notes.obscure;
    facts.renames = facts.renames || notes.renames;
    for (std::string& column : notes.key_columns) {
      facts.all_columns_key = facts.all_columns_key || column.empty();
      facts.key_columns.insert(std::move(column));
    }
    facts.bound_columns.insert(notes.bound_columns.begin(), notes.bound_columns.end());
    std::move(notes.triggers.begin(), notes.triggers.end(), std::back_inserter(facts.triggers));
  }
  connect(made);
  made.keys_ = std::move(keys_);
  for (auto& [name, keys] : made.keys_) {
    for (KnownObjects::Key& key : keys) {
      key.of = root(key.of);
    }
  }
  for (auto& [name, use] : names_) {
    made.names_.emplace(name, use.shared);
  }
  for (auto& [stem, use] : stems_) {
    if (use.shared) {
      made.shared_stems_.emplace(stem, use.generated);
    }
  }
  return made;
}

void KnownObjectsBuilder::connect(KnownObjects& made) {
  for (const Use& use : uses_) {
    const Entity user = root(use.user);
    const Entity used = root(use.used);
    if (user == used) {
      continue;
    }
    made.facts_[user].adjacent.insert(used);
    made.facts_[used].adjacent.insert(user);
    made.facts_[user].obscure = made.facts_[user].obscure || use.draws;
  }
  // Types may be made of types.
  for (bool changed = true; changed;) {
    changed = false;
    for (const Use& use : uses_) {
      KnownObjects::Facts& user = made.facts_[root(use.user)];
      if (use.is_typed && made.facts_[root(use.used)].obscure && !user.obscure) {
        user.obscure = true;
        changed = true;
      }
    }
  }
  for (const Reference& reference : references_) {
    const Entity child = root(reference.child);
    const Entity parent = root(reference.parent);
    made.facts_[child].as_child.push_back(made.foreign_keys_.size());
    made.facts_[parent].as_parent.push_back(made.foreign_keys_.size());
    made.foreign_keys_.push_back(
        {.child = child, .parent = parent, .cascades = reference.cascades});
  }
}

}  // namespace medusa
