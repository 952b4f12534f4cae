// SPDX-License-Identifier: MIT
// What two migrations that are compared may meet in a database besides each other.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "medusa/sql/footprint.hpp"

namespace medusa {

/// All objects that a database has, had, or gets from the migrations that are compared, whatever
/// their time: what never had to do with each other has not now. Schemas are not told apart.
///
/// Made by KnownObjectsBuilder of the footprints of migrations and of a live schema. What opaque
/// migrations made is known only as far as it is still there. A default-made one knows nothing:
/// then everything is possible.
class KnownObjects {
 public:
  /// An object with all that has its name or had it, its indexes, owned sequences and partitions.
  using Entity = std::uint32_t;

  /// What an index or constraint of one name is, or was.
  struct Key {
    enum class Kind { Primary, Unique, Other, Unknown };

    Kind kind = Kind::Unknown;
    Entity of = 0;
    std::set<std::string> columns = {};
    bool computed = false;  ///< Has expressions or a condition.
  };

  /// What changing rows sets in motion.
  struct RowReach {
    std::set<Entity> changes = {};  ///< Rows of these change, through foreign keys.
    bool moves = false;             ///< Rows or keys come or go, not only other columns change.
    std::set<Entity> checks = {};   ///< Whether rows of these are there counts.
    bool unknown = false;           ///< More may happen: views, triggers, functions, inheritance.
  };

  /// False only of a default-made one: what is not here may be all the same.
  [[nodiscard]] bool complete() const { return complete_; }

  /// Nothing if it is not known that such a thing ever was.
  [[nodiscard]] std::optional<Entity> entity(const ObjectRef& object) const;

  /// Whether neither ever depended on the other, and they are two. Not for schemas, extensions and
  /// settings, on which everything may depend.
  [[nodiscard]] bool apart(const ObjectRef& a, const ObjectRef& b) const;

  /// Whether `dropped`, with all that it takes along, never had an index or the like of the name
  /// that a migration gives to something else.
  [[nodiscard]] bool is_free_name(const ObjectRef& name,
                                  bool generated,
                                  const ObjectRef& dropped) const;

  /// All indexes and constraints that ever had the name; empty if there is none, or not known.
  [[nodiscard]] std::vector<Key> keys(const ObjectRef& object) const;

  /// Whether columns of it were ever renamed: then their names say little.
  [[nodiscard]] bool renames_columns(Entity entity) const;

  /// @pre write changes rows.
  [[nodiscard]] RowReach reach(const Effect& write) const;

  /// Whether rows that one writes are never those that the other reads or writes, checks of foreign
  /// keys included.
  [[nodiscard]] bool rows_apart(const Effect& write, const Effect& other) const;

  /// Whether one updates a column that has nothing to do with the other column of the table, which
  /// the other reads or updates.
  [[nodiscard]] bool columns_apart(const Effect& write, const Effect& other) const;

  /// Whether the object has nothing to do with the rows that change or count.
  [[nodiscard]] bool rows_ignore(const Effect& write, const ObjectRef& object) const;

  /// A trigger or rule that writing these rows may run; nothing if none is known.
  [[nodiscard]] std::optional<ObjectRef> trigger_of(const Effect& write) const;

  /// All that the migration could meet another one in; nothing: in anything.
  [[nodiscard]] std::optional<std::set<Entity>> near(
      std::span<const StatementFootprint> footprint) const;

 private:
  friend class KnownObjectsBuilder;

  struct ForeignKey {
    Entity child = 0;
    Entity parent = 0;
    bool cascades = false;
  };

  struct Facts {
    bool made = false;     ///< Somebody made it, or it is there; else it was only named.
    bool table = false;    ///< Rows are kept in it.
    bool obscure = false;  ///< A view, an heir, or a column calls functions or shares a sequence.
    bool renames = false;
    bool all_columns_key = false;
    std::set<std::string> key_columns = {};    ///< Of foreign keys, on either side.
    std::set<std::string> bound_columns = {};  ///< By constraints and indexes of several; "": all.
    std::vector<ObjectRef> triggers = {};
    std::set<Entity> adjacent = {};
    std::vector<std::size_t> as_child = {};   ///< Into foreign_keys_.
    std::vector<std::size_t> as_parent = {};  ///< Likewise.
  };

  [[nodiscard]] bool has_shared_stem(const ObjectRef& object, bool generated) const;
  [[nodiscard]] bool moves_keys(const Effect& write, const Facts& of) const;
  void follow_cascades(RowReach& reach) const;
  void add_checks(RowReach& reach, bool of_insert) const;
  [[nodiscard]] std::set<Entity> involved(const RowReach& reach) const;

  bool complete_ = false;
  std::unordered_map<std::string, Entity> entities_ = {};
  std::vector<Facts> facts_ = {};  ///< By entity.
  std::vector<ForeignKey> foreign_keys_ = {};
  std::unordered_map<std::string, std::vector<Key>> keys_ = {};
  std::unordered_map<std::string, bool> names_ = {};  ///< Whether several have or had it.
  /// What several names begin with; whether PostgreSQL chose one of them, which may have a number.
  std::unordered_map<std::string, bool> shared_stems_ = {};
};

}  // namespace medusa
