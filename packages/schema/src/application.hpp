// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "medusa/schema/schema_state.hpp"
#include "medusa/sql/footprint.hpp"

#include "lookup.hpp"
#include "object_graph.hpp"
#include "standing_in.hpp"

namespace medusa {

/// One migration being applied to a graph. Its parts are in src/application/.
class Application {
 public:
  /// @param taken gets what goes without being named.
  Application(ObjectGraph& graph,
              Surroundings& surroundings,
              MigrationNumber migration,
              std::vector<TakenAlong>& taken)
      : graph_(graph),
        surroundings_(surroundings),
        migration_(migration),
        taken_(taken) {}

  /// The next statement.
  void apply(const StatementFootprint& statement);

  /// What was wrong, in the order of the effects.
  [[nodiscard]] std::vector<SchemaProblem> problems() &&;

 private:
  /// What an object that was created in this statement under a name of PostgreSQL's choice was
  /// meant to be called.
  struct Alias {
    ObjectRef proposal;
    NodeId node;
  };

  /// A dependency on what is created later in the statement.
  struct Pending {
    std::size_t effect;
    NodeId from;
    Effect::Dependency dependency;
  };

  /// Of a statement with a handler: undone as a whole if PostgreSQL refused it for what that takes.
  void attempt(const StatementFootprint& statement);
  void perform(const StatementFootprint& statement);
  void apply(const Effect& effect);
  void create(const Effect& effect);
  void make(const Effect& effect, NodeId parent);
  bool stands_in(const Effect& effect, NodeId parent);
  void meet(const Effect& effect, NodeId there);
  void need(const Effect& effect);
  void alter(const Effect& effect);
  void alter_column(NodeId column, const std::string& change);
  void rename(const Effect& effect);
  /// If it is a view's.
  void forget_columns(const ObjectRef& part);
  void move_along(NodeId table, NodeId schema);
  void rename_twin(NodeId node, const std::string& name);
  void drop(const StatementFootprint& statement);
  void drop(const std::vector<NodeId>& roots, bool cascade);

  [[nodiscard]] Lookup find(const ObjectRef& ref) const;
  [[nodiscard]] std::string name_for(const Effect& effect, NodeId parent);
  [[nodiscard]] NodeId name_conflict(const ObjectRef& ref, NodeId parent) const;
  void connect(NodeId from, NodeId to, const Effect::Dependency& dependency);
  void depend(std::size_t effect, NodeId from, const std::vector<Effect::Dependency>& on);
  void finish_statement();
  void adopt_index(NodeId constraint);
  void excuse_needs();
  void note_change(NodeId node);
  void note_details(NodeId node, const Effect& effect);
  void note_transaction(NodeId node);
  void use_text(const ConstantText& constant);
  [[nodiscard]] NodeId type_of(const ConstantText& constant) const;
  [[nodiscard]] bool is_uncommitted(NodeId value, NodeId type) const;

  void note_key(NodeId index, const Effect& effect);
  void note_keys();
  void make_primary_key(NodeId index);
  void check_keys();
  void check_reference(const Effect& foreign_key);
  void check_arbiter(const Arbiter& arbiter);
  /// The columns; nothing unless all of them are known.
  [[nodiscard]] std::optional<std::vector<NodeId>> nodes_of(
      const std::vector<ObjectRef>& columns) const;
  /// The table, if all its parts are known; else kNoNode.
  [[nodiscard]] NodeId closed_table(const ObjectRef& table) const;

  /// A function of that name is there.
  void meet_function(const Effect& effect, NodeId there);
  /// Whether the DROP leaves functions of that name, or finds none with its arguments.
  bool drops_overload(const Effect& effect, NodeId function);
  void set_overloads(NodeId function, std::vector<KnownOverload> overloads);
  [[nodiscard]] bool is_exactly_blocked(NodeId root, const std::vector<NodeId>& blockers) const;
  /// Whether OR REPLACE leaves out a column that the view has.
  bool loses_column(const Effect& effect, NodeId view);

  SchemaProblem& report(SchemaProblemKind kind, ObjectRef object);
  /// Null if it was reported before.
  SchemaProblem* report_missing(const Lookup& lookup);

  ObjectGraph& graph_;
  Surroundings& surroundings_;
  MigrationNumber migration_;
  std::vector<TakenAlong>& taken_;
  std::vector<SchemaProblem> problems_ = {};

  std::size_t statement_index_ = 0;
  std::size_t effect_index_ = 0;
  const StatementFootprint* statement_ = nullptr;
  bool guarded_ = false;  ///< By IF EXISTS, and that is there.
  bool stands_ = false;   ///< What IF NOT EXISTS asks for is there.
  std::vector<Alias> aliases_ = {};
  std::vector<Pending> pending_ = {};
  std::vector<StandingIn> standing_in_ = {};
  std::vector<NodeId> made_ = {};
  std::vector<std::pair<NodeId, const Effect*>> keys_ = {};             ///< Indexes that are keys.
  std::vector<std::pair<std::size_t, const Effect*>> references_ = {};  ///< Foreign keys.
};

}  // namespace medusa
