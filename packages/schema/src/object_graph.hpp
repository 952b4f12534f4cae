// SPDX-License-Identifier: MIT
// The objects of a symbolic schema, their names, and what depends on what. Knows nothing of SQL;
// every change can be undone.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "medusa/schema/overload.hpp"
#include "medusa/schema/problem.hpp"
#include "medusa/sql/object.hpp"

namespace medusa {

/// Index of a node; an object keeps its own for life, whatever it is called.
using NodeId = std::uint32_t;

/// Parent of schemas and extensions.
inline constexpr NodeId kRoot = 0;
/// No node.
inline constexpr NodeId kNoNode = 0xFFFFFFFF;

struct Edge {
  NodeId to = kNoNode;
  bool owned = false;  ///< As in Effect::Dependency.

  friend bool operator==(const Edge&, const Edge&) = default;
};

/// A function among those of one name.
struct KnownOverload {
  Overload overload = {};
  std::optional<MigrationNumber> creator = {};
};

/// What few objects have.
struct ObjectDetails {
  std::vector<NodeId> key = {};  ///< Of an index: columns that it keeps unique; empty: none.
  bool is_primary_key = false;
  std::string live_definition =
      {};  ///< Of an index that was read from a database, where asked for.
  std::optional<std::vector<std::string>> columns = {};  ///< Of a view; absent: not known.
  std::vector<KnownOverload> overloads = {};             ///< Of functions.
};

struct ObjectNode {
  ObjectKind kind = ObjectKind::Schema;
  NodeId parent = kRoot;  ///< Schema, or of a part: relation or type.
  std::string name = {};
  bool alive = true;
  bool open = false;  ///< Its parts are not all known.
  std::string definition = {};
  std::optional<MigrationNumber> creator = {};
  std::vector<MigrationNumber> changers = {};
  NodeId type = kNoNode;  ///< Of a column: that of its values, if it is one of the user's.
  std::string value_type =
      {};  ///< Of a column: one of PostgreSQL's own, as column_type_text has it.
  std::shared_ptr<const ObjectDetails> details = {};  ///< Never changed; null: there are none.
  /// Of a type, or of a value that was added to one: the transaction that made it, as
  /// SchemaSession::transaction counts.
  std::uint32_t transaction = 0;
  std::vector<Edge> uses = {};  ///< Its parent is among them.
};

/// Whether objects of the kind are named as parts of a relation or type.
[[nodiscard]] bool is_part(ObjectKind kind);

/// What became of something that is not there any more.
struct Fate {
  MigrationNumber by = 0;
  std::optional<ObjectRef> renamed_to = {};  ///< Absent: dropped.
};

/// A name in a namespace of a parent.
struct NameKey {
  NodeId parent = kRoot;
  Namespace space = Namespace::Relation;
  std::string name = {};
};

struct NameKeyView {
  NodeId parent = kRoot;
  Namespace space = Namespace::Relation;
  std::string_view name = {};
};

struct NameKeyHash {
  using is_transparent = void;
  std::size_t operator()(const NameKeyView& key) const;

  std::size_t operator()(const NameKey& key) const {
    return (*this)(NameKeyView{key.parent, key.space, key.name});
  }
};

struct NameKeyEqual {
  using is_transparent = void;

  template <class A, class B>
  bool operator()(const A& a, const B& b) const {
    return a.parent == b.parent && a.space == b.space && a.name == b.name;
  }
};

template <class Value>
using NameMap = std::unordered_map<NameKey, Value, NameKeyHash, NameKeyEqual>;

class ObjectGraph {
 public:
  ObjectGraph();

  /// A new object under a name that is free.
  NodeId add(ObjectKind kind, NodeId parent, std::string name);

  /// The living object of that name, or kNoNode.
  [[nodiscard]] NodeId find(NodeId parent, Namespace space, std::string_view name) const;

  [[nodiscard]] const ObjectNode& node(NodeId id) const { return nodes_[id]; }

  [[nodiscard]] NodeId size() const { return static_cast<NodeId>(nodes_.size()); }

  /// The node, to change anything but parent, name, life and edges.
  ObjectNode& change(NodeId id);

  /// Gives it another name or parent; that name is free.
  void rename(NodeId id, NodeId parent, std::string name);

  /// It is gone; its name is free. Its edges stay, and count no more.
  void remove(NodeId id);

  /// `from` uses `to`. An edge that is there becomes owned if one of both is.
  void link(NodeId from, NodeId to, bool owned);

  /// Takes away edges of `from`.
  void unlink(NodeId from, const std::function<bool(const Edge&)>& condition);

  /// Calls with each living object that uses `id`, and how.
  void for_each_user(NodeId id, const std::function<void(NodeId, const Edge&)>& call) const;

  /// The object as SQL names it, with its schema.
  [[nodiscard]] ObjectRef ref(NodeId id) const;

  /// Where it stands, or its relation or type.
  [[nodiscard]] NodeId schema_of(NodeId id) const;

  /// Whether a constraint of any relation or domain of the schema has that name.
  [[nodiscard]] bool has_constraint_named(NodeId schema, std::string_view name) const;

  /// Remembers what became of the name, which is not in use any more.
  void remember(NameKey key, Fate fate);
  [[nodiscard]] const Fate* fate(const NameKeyView& key) const;

  /// Where a trial began; they nest.
  class Trial {
    friend class ObjectGraph;
    bool outermost = true;
    NodeId first_new = 0;  ///< Of the trial around it.
    std::size_t undo = 0;
  };

  /// From here on changes are recorded, until the trial is taken back or kept. The last one that
  /// began ends first.
  [[nodiscard]] Trial begin_trial();
  void undo(const Trial& trial);
  void keep(const Trial& trial);

 private:
  void bind(NodeId id);
  void unbind(NodeId id);
  void count_constraint(NodeId id, int by);

  // Not vectors: those need thrice their size while they grow.
  std::deque<ObjectNode> nodes_;
  std::deque<std::vector<NodeId>> users_;  ///< May name some that use it no more.
  NameMap<NodeId> names_;
  NameMap<Fate> fates_;
  NameMap<int> constraint_names_;  ///< By schema: names need not be unique there.

  /// Whether what is changed of the node must be taken back; what is new goes as a whole.
  [[nodiscard]] bool restores(NodeId id) const { return recording_ && id < first_new_; }

  bool recording_ = false;
  NodeId first_new_ = 0;                                 ///< Of the trial.
  std::vector<std::function<void(ObjectGraph&)>> undo_;  ///< How to take back each change.
};

}  // namespace medusa
