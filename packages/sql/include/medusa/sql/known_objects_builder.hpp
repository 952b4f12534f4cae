// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "medusa/sql/known_objects.hpp"

namespace medusa {

/// Puts KnownObjects together: first all migrations, then what the database has.
class KnownObjectsBuilder {
 public:
  /// One migration, once. What opaque statements of it do has to come with add_existing.
  void add(std::span<const StatementFootprint> footprint);

  /// Something that is there, whoever made it. What a migration defined under that name is believed
  /// instead.
  void add_existing(const ObjectRef& object, std::span<const Effect::Dependency> depends_on);

  [[nodiscard]] KnownObjects build() &&;

 private:
  using Entity = KnownObjects::Entity;

  struct Use {
    Entity user = 0;
    Entity used = 0;
    bool draws = false;     ///< From a sequence.
    bool is_typed = false;  ///< It is a type that is used.
  };

  struct Reference {
    Entity child = 0;
    Entity parent = 0;
    bool cascades = false;
  };

  /// KnownObjects::Facts, before it is known which names are of one entity.
  struct Notes {
    bool made = false;
    bool table = false;
    bool obscure = false;
    bool renames = false;
    std::vector<std::string> key_columns = {};  ///< An empty one: any.
    std::vector<std::string> bound_columns = {};
    std::vector<ObjectRef> triggers = {};
  };

  struct NameUse {
    std::size_t owner = 0;  ///< The first migration that takes it.
    bool shared = false;
    bool generated = false;
  };

  Entity enter(const ObjectRef& object);
  Entity root(Entity entity);
  void make(const ObjectRef& object);
  void unite(const ObjectRef& a, const ObjectRef& b);
  void add_effect(const Effect& effect);
  void add_object(const ObjectRef& object, std::span<const Effect::Dependency> depends_on);
  void add_rename(const Effect& effect);
  void add_key(const Effect& effect);
  void add_reference(const Effect& effect, bool definition_known);
  void add_name(const ObjectRef& object, bool generated);
  void bind_columns(const ObjectRef& key, std::span<const Effect::Dependency> depends_on);
  bool has_key(const std::string& name, Entity of);
  void connect(KnownObjects& made);

  std::size_t migration_ = 0;  ///< How many there were.
  std::unordered_map<std::string, Entity> entities_ = {};
  std::vector<Entity> parents_ = {};  ///< By entity: itself, or another one that is the same.
  std::vector<Notes> notes_ = {};     ///< By entity.
  std::vector<Use> uses_ = {};
  std::vector<Reference> references_ = {};
  std::unordered_map<std::string, std::vector<KnownObjects::Key>> keys_ = {};
  std::unordered_map<std::string, NameUse> names_ = {};
  std::unordered_map<std::string, NameUse> stems_ = {};
};

}  // namespace medusa
