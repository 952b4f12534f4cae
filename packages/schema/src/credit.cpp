// SPDX-License-Identifier: MIT
#include "credit.hpp"

#include <algorithm>
#include <optional>

#include "reference.hpp"

namespace medusa {

namespace {

class Credit {
 public:
  Credit(ObjectGraph& graph,
         Surroundings& surroundings,
         MigrationNumber migration,
         Origins& origins)
      : graph_(graph),
        surroundings_(surroundings),
        migration_(migration),
        origins_(origins) {}

  void credit(const Effect& effect) {
    switch (effect.action) {
      case Action::Write:
        if (effect.object.kind == ObjectKind::Setting) {
          surroundings_.session.set(effect);
        }
        return;
      case Action::Create:
        return created(effect);
      case Action::Alter:
        return changed(look_up(graph_, surroundings_, effect.object));
      case Action::Rename:
        return renamed(effect);
      case Action::Drop:
        return gone(effect.object, std::nullopt);
      default:
        return;
    }
  }

 private:
  void created(const Effect& effect) {
    const Lookup found = look_up(graph_, surroundings_, effect.object);
    if (!found.there()) {
      origins_.insert_or_assign(qualified(effect.object), migration_);
    } else if (!graph_.node(found.node).creator || !effect.conditional) {
      graph_.change(found.node).creator = migration_;
    }
    changed(found);
  }

  void renamed(const Effect& effect) {
    if (!effect.renamed_to) {
      return;
    }
    const Lookup found = look_up(graph_, surroundings_, *effect.renamed_to);
    const auto origin = origins_.find(qualified(effect.object));
    if (origin != origins_.end()) {
      const MigrationNumber creator = origin->second;
      origins_.erase(origin);
      if (found.there()) {
        graph_.change(found.node).creator = creator;
      } else {
        origins_.insert_or_assign(qualified(*effect.renamed_to), creator);
      }
    }
    changed(found);
    gone(effect.object, qualified(*effect.renamed_to));
  }

  /// With the schema in which an unqualified name is created.
  [[nodiscard]] ObjectRef qualified(ObjectRef ref) const {
    if (ref.schema.empty() && ref.kind != ObjectKind::Schema && ref.kind != ObjectKind::Extension) {
      const NodeId schema = creation_schema(graph_, surroundings_);
      ref.schema = schema == kNoNode ? std::string() : graph_.node(schema).name;
    }
    return ref;
  }

  void changed(const Lookup& found) {
    const NodeId table = found.there() ? table_of(graph_, found.node) : kNoNode;
    if (table == kNoNode || graph_.node(table).creator == migration_) {
      return;
    }
    const std::vector<MigrationNumber>& known = graph_.node(table).changers;
    if (std::find(known.begin(), known.end(), migration_) == known.end()) {
      graph_.change(table).changers.push_back(migration_);
    }
  }

  void gone(const ObjectRef& ref, const std::optional<ObjectRef>& renamed_to) {
    const Lookup parent = look_up_parent(graph_, surroundings_, ref);
    if (look_up(graph_, surroundings_, ref).absent() && parent.there()) {
      graph_.remember({parent.node, namespace_of(ref.kind), own_name(ref)},
                      {.by = migration_, .renamed_to = renamed_to});
    }
    if (is_part(ref.kind) && parent.there()) {
      changed(parent);
    }
  }

  ObjectGraph& graph_;
  Surroundings& surroundings_;
  MigrationNumber migration_;
  Origins& origins_;
};

}  // namespace

void credit_work(ObjectGraph& graph,
                 Surroundings& surroundings,
                 MigrationNumber migration,
                 const MigrationFootprint& footprint,
                 Origins& origins) {
  // With which others it shared a connection is not known any more.
  const SchemaSession before = surroundings.session;
  surroundings.session.begin(TransactionScope::New);
  Credit credit(graph, surroundings, migration, origins);
  for (const StatementFootprint& statement : footprint) {
    for (const Effect& effect : statement.effects) {
      credit.credit(effect);
    }
  }
  surroundings.session = before;
}

}  // namespace medusa
