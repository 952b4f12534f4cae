// SPDX-License-Identifier: MIT
#include "plugin_uses.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "footprint_keys.hpp"

namespace medusa {

namespace {

ObjectRef whole_of(const ObjectRef& part) {
  return {.kind = part.kind == ObjectKind::EnumValue ? ObjectKind::Type : ObjectKind::Table,
          .schema = part.schema,
          .name = part.name};
}

class Uses {
 public:
  Uses(const std::string& plugin, const KnownMigrations& known) : plugin_(plugin), known_(known) {
    for (MigrationNumber number = 0; number < known_.size(); ++number) {
      const DirectionFootprint footprint = known_.footprint(number);
      for (const StatementFootprint& statement : footprint.statements) {
        for (const Effect& effect : statement.effects) {
          note_owner(number, effect);
        }
      }
    }
  }

  std::vector<PluginUse> find() {
    for (MigrationNumber number = 0; number < known_.size(); ++number) {
      if (known_.at(number).member == plugin_) {
        continue;
      }
      const DirectionFootprint footprint = known_.footprint(number);
      const auto& statements = footprint.statements;
      for (std::size_t i = 0; i < statements.size(); ++i) {
        for (const Effect& effect : statements[i].effects) {
          note_use(number, i, effect);
        }
      }
    }
    return std::move(uses_);
  }

 private:
  /// Who created it first, and what it is.
  struct Owner {
    std::string member = {};
    ObjectRef object = {};
  };

  void note_owner(MigrationNumber number, const Effect& effect) {
    const std::string& member = known_.at(number).member;
    if (effect.action == Action::Create) {
      const std::string key = key_of(effect.object);
      owners_.try_emplace(key, Owner{.member = member, .object = effect.object});
      created_.emplace(member, key);
    } else if (effect.renamed_to.has_value()) {
      const auto old = owners_.find(key_of(effect.object));
      const std::string& owner = old == owners_.end() ? member : old->second.member;
      owners_.try_emplace(key_of(*effect.renamed_to),
                          Owner{.member = owner, .object = *effect.renamed_to});
    }
  }

  /// The plugin's object that this is, or is a part of; null: it is not the plugin's.
  [[nodiscard]] const ObjectRef* of_plugin(const ObjectRef& object,
                                           const std::string& member) const {
    if (!object.part.empty()) {
      if (const ObjectRef* whole = of_plugin(whole_of(object), member)) {
        return whole;
      }
    }
    const std::string key = key_of(object);
    const auto owner = owners_.find(key);
    return owner != owners_.end() && owner->second.member == plugin_ &&
                   !created_.contains({member, key})
               ? &owner->second.object
               : nullptr;
  }

  void note_use(MigrationNumber number, std::size_t statement, const Effect& effect) {
    const bool adds = effect.action == Action::Create;
    if (!adds || !effect.object.part.empty()) {
      note(number, statement, adds ? Action::Alter : effect.action, effect.object);
    }
    for (const Effect::Dependency& dependency : effect.depends_on) {
      note(number, statement, Action::Need, dependency.object);
    }
  }

  void note(MigrationNumber number, std::size_t statement, Action action, const ObjectRef& object) {
    const Migration& migration = known_.at(number);
    const ObjectRef* owned = of_plugin(object, migration.member);
    if (owned == nullptr) {
      return;
    }
    std::string text = known_.text(*owned);
    if (action == Action::Drop && !(object == *owned)) {
      action = Action::Alter;  // a part of it goes
    }
    PluginUse use{.migration = migration.id(),
                  .applied = number < known_.applied(),
                  .action = action,
                  .object = std::move(text),
                  .place = known_.place(number, statement)};
    // Whatever it does to an object, it needs it: that alone goes without saying.
    const auto known_use = std::find_if(uses_.begin(), uses_.end(), [&](const PluginUse& other) {
      return other.migration == use.migration && other.object == use.object &&
             (other.action == use.action || other.action == Action::Need || action == Action::Need);
    });
    if (known_use == uses_.end()) {
      uses_.push_back(std::move(use));
    } else if (known_use->action == Action::Need) {
      *known_use = std::move(use);
    }
  }

  const std::string& plugin_;
  const KnownMigrations& known_;
  std::map<std::string, Owner> owners_ = {};                    ///< By key.
  std::set<std::pair<std::string, std::string>> created_ = {};  ///< Member and key.
  std::vector<PluginUse> uses_ = {};
};

}  // namespace

std::vector<PluginUse> uses_of(const std::string& plugin, const KnownMigrations& known) {
  return Uses(plugin, known).find();
}

}  // namespace medusa
