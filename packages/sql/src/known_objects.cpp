// SPDX-License-Identifier: MIT
#include "medusa/sql/known_objects.hpp"

#include <algorithm>
#include <vector>

#include "commutation/chosen_name.hpp"
#include "commutation/effect_nature.hpp"
#include "commutation/entity_name.hpp"

namespace medusa {

namespace {

using Entities = std::set<KnownObjects::Entity>;

// Constraints share names with indexes.
const std::string& own_name(const ObjectRef& object) {
  return object.kind == ObjectKind::Constraint ? object.part : object.name;
}

bool meet(const Entities& a, const Entities& b) {
  return std::any_of(a.begin(), a.end(), [&](const auto entity) { return b.contains(entity); });
}

}  // namespace

std::optional<KnownObjects::Entity> KnownObjects::entity(const ObjectRef& object) const {
  const auto found = entities_.find(entity_name(object));
  return found == entities_.end() || !facts_[found->second].made ? std::nullopt
                                                                 : std::optional(found->second);
}

bool KnownObjects::apart(const ObjectRef& a, const ObjectRef& b) const {
  if (!complete_ || is_everywhere(a) || is_everywhere(b)) {
    return false;
  }
  const std::optional<Entity> one = entity(a);
  const std::optional<Entity> other = entity(b);
  return one.has_value() && other.has_value() && *one != *other &&
         !facts_[*one].adjacent.contains(*other);
}

bool KnownObjects::has_shared_stem(const ObjectRef& object, bool generated) const {
  const std::vector<std::string> stems = stems_of(own_name(object));
  return std::any_of(stems.begin(), stems.end(), [&](const std::string& stem) {
    const auto shared = shared_stems_.find(stem);
    return shared != shared_stems_.end() && (generated || shared->second);
  });
}

bool KnownObjects::is_free_name(const ObjectRef& name,
                                bool generated,
                                const ObjectRef& dropped) const {
  const auto shared = names_.find(own_name(name));
  if (!complete_ || is_everywhere(dropped) || shared == names_.end() ||
      has_shared_stem(name, generated)) {
    return false;
  }
  const std::optional<Entity> gone = entity(dropped);
  // An index of that name would belong to what is dropped; so would a constraint.
  const auto named = entities_.find(own_name(name));
  const bool is_its_own =
      entity(name) == gone || (named != entities_.end() && named->second == gone);
  return !shared->second || (gone.has_value() && !is_its_own);
}

std::vector<KnownObjects::Key> KnownObjects::keys(const ObjectRef& object) const {
  const auto found = keys_.find(own_name(object));
  if (!complete_ || found == keys_.end()) {
    return {};
  }
  std::vector<Key> keys = found->second;
  if (object.kind == ObjectKind::Constraint) {
    // Constraints of other tables may have the name.
    const std::optional<Entity> of = entity(object);
    std::erase_if(keys, [&](const Key& key) { return key.of != of; });
  }
  return keys;
}

bool KnownObjects::renames_columns(Entity entity) const {
  return facts_[entity].renames;
}

bool KnownObjects::moves_keys(const Effect& write, const Facts& of) const {
  return write.definition != "update" || write.object.part.empty() || of.renames ||
         of.all_columns_key || of.key_columns.contains(write.object.part);
}

void KnownObjects::follow_cascades(RowReach& reach) const {
  std::vector<Entity> open(reach.changes.begin(), reach.changes.end());
  while (!open.empty()) {
    const Entity parent = open.back();
    open.pop_back();
    for (const std::size_t number : facts_[parent].as_parent) {
      const ForeignKey& key = foreign_keys_[number];
      if (key.cascades && reach.changes.insert(key.child).second) {
        open.push_back(key.child);
      }
    }
  }
}

void KnownObjects::add_checks(RowReach& reach, bool of_insert) const {
  for (const Entity entity : reach.changes) {
    for (const std::size_t number : facts_[entity].as_child) {
      reach.checks.insert(foreign_keys_[number].parent);
    }
    if (!of_insert) {
      for (const std::size_t number : facts_[entity].as_parent) {
        reach.checks.insert(foreign_keys_[number].child);
      }
    }
  }
}

KnownObjects::RowReach KnownObjects::reach(const Effect& write) const {
  RowReach reach;
  const std::optional<Entity> written = entity(write.object);
  if (!written.has_value()) {
    reach.unknown = true;
    return reach;
  }
  reach.changes = {*written};
  reach.moves = moves_keys(write, facts_[*written]);
  if (reach.moves) {
    const bool of_insert = write.definition == "insert";
    if (!of_insert) {
      follow_cascades(reach);
    }
    add_checks(reach, of_insert);
  }
  reach.unknown = std::any_of(reach.changes.begin(), reach.changes.end(), [&](Entity entity) {
    const Facts& facts = facts_[entity];
    return !facts.table || facts.obscure || !facts.triggers.empty();
  });
  return reach;
}

bool KnownObjects::rows_apart(const Effect& write, const Effect& other) const {
  if (!complete_) {
    return false;
  }
  const RowReach one = reach(write);
  if (one.unknown) {
    return false;
  }
  if (other.action != Action::Write) {
    const std::optional<Entity> read = entity(other.object);
    return read.has_value() && facts_[*read].table && !facts_[*read].obscure &&
           !one.changes.contains(*read);
  }
  const RowReach two = reach(other);
  return !two.unknown && !meet(one.changes, two.changes) &&
         !(one.moves && meet(one.changes, two.checks)) &&
         !(two.moves && meet(two.changes, one.checks));
}

bool KnownObjects::columns_apart(const Effect& write, const Effect& other) const {
  const std::optional<Entity> table = entity(write.object);
  const bool two = table.has_value() && table == entity(other.object) &&
                   !write.object.part.empty() && !other.object.part.empty() &&
                   write.object.part != other.object.part;
  const auto is_plain_update = [&](const Effect& effect) {
    const RowReach rows = reach(effect);
    return effect.definition == "update" && !rows.unknown && !rows.moves;
  };
  if (!complete_ || !two || !is_plain_update(write)) {
    return false;
  }
  const std::set<std::string>& bound = facts_[*table].bound_columns;
  return other.action == Action::Read ||
         (is_plain_update(other) && !bound.contains("") &&
          !(bound.contains(write.object.part) && bound.contains(other.object.part)));
}

std::set<KnownObjects::Entity> KnownObjects::involved(const RowReach& reach) const {
  Entities all = reach.changes;
  all.insert(reach.checks.begin(), reach.checks.end());
  const Entities direct = all;
  for (const Entity entity : direct) {
    all.insert(facts_[entity].adjacent.begin(), facts_[entity].adjacent.end());
  }
  return all;
}

bool KnownObjects::rows_ignore(const Effect& write, const ObjectRef& object) const {
  const std::optional<Entity> other = entity(object);
  if (!complete_ || !other.has_value() || is_everywhere(object)) {
    return false;
  }
  const RowReach rows = reach(write);
  return !rows.unknown && !involved(rows).contains(*other);
}

std::optional<ObjectRef> KnownObjects::trigger_of(const Effect& write) const {
  for (const Entity entity : reach(write).changes) {
    if (!facts_[entity].triggers.empty()) {
      return facts_[entity].triggers.front();
    }
  }
  return std::nullopt;
}

std::optional<std::set<KnownObjects::Entity>> KnownObjects::near(
    std::span<const StatementFootprint> footprint) const {
  Entities all;
  const auto add = [&](const ObjectRef& object) {
    const std::optional<Entity> found = entity(object);
    if (found.has_value()) {
      all.insert(*found);
    }
    return found.has_value();
  };
  for (const StatementFootprint& statement : footprint) {
    for (const Effect& effect : statement.effects) {
      if (only_looks(effect) && is_everywhere(effect.object)) {
        continue;
      }
      const bool takes_name = effect.action == Action::Create || effect.renamed_to.has_value();
      bool known = complete_ && !is_everywhere(effect.object) && !effect.cascade &&
                   !is(effect, Action::Create, ObjectKind::Function) &&
                   !(takes_name && has_shared_stem(new_name(effect), effect.generated_name)) &&
                   add(effect.object) && (!effect.renamed_to || add(*effect.renamed_to));
      for (const Effect::Dependency& each : effect.depends_on) {
        known = known && (is_everywhere(each.object) || add(each.object));
      }
      if (known && changes_rows(effect)) {
        const RowReach rows = reach(effect);
        known = !rows.unknown;
        all.merge(involved(rows));
      }
      if (!known) {
        return std::nullopt;
      }
    }
    if (!statement.opaque.empty()) {
      return std::nullopt;
    }
  }
  const Entities direct = all;
  for (const Entity entity : direct) {
    all.insert(facts_[entity].adjacent.begin(), facts_[entity].adjacent.end());
  }
  return all;
}

}  // namespace medusa
