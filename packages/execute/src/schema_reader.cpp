// SPDX-License-Identifier: MIT
#include "medusa/execute/schema_reader.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <sstream>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "medusa/core/error.hpp"
#include "medusa/sql/search_path.hpp"

#include "filled_tables.hpp"
#include "schema_queries.hpp"
#include "type_names.hpp"

namespace medusa {

namespace {

using Row = std::vector<std::optional<std::string>>;

Oid number(const Row& row, std::size_t column) {
  return static_cast<Oid>(std::stoul(row.at(column).value_or("0")));
}

std::string text(const Row& row, std::size_t column) {
  return row.at(column).value_or("");
}

/// An object as pg_depend addresses it.
struct Address {
  Oid catalog = 0;
  Oid object = 0;
  Oid part = 0;  ///< Number of a column.

  friend bool operator==(const Address&, const Address&) = default;
};

struct AddressHash {
  std::size_t operator()(const Address& address) const {
    return ((static_cast<std::size_t>(address.object) << 24U) ^
            (static_cast<std::size_t>(address.catalog) << 12U) ^ address.part) *
           0x9E3779B97F4A7C15U;
  }
};

ObjectKind relation_kind(char letter) {
  switch (letter) {
    case 'v':
    case 'm':
      return ObjectKind::View;
    case 'S':
      return ObjectKind::Sequence;
    case 'i':
    case 'I':
      return ObjectKind::Index;
    default:
      return ObjectKind::Table;
  }
}

/// Puts the answers together.
class SnapshotBuilder {
 public:
  explicit SnapshotBuilder(std::vector<QueryResult> results) : results_(std::move(results)) {}

  SchemaSnapshot build() {
    reserve();
    add_schemas_and_extensions();
    add_relations();
    add_types();
    snapshot_.filled_tables = filled_tables(results_, [this](Oid table) {
      const SchemaObject* const object = at({kPgClass, table});
      return object == nullptr ? nullptr : &object->ref;
    });
    add_parts();
    add_functions();
    add_dependencies();
    mark_types();
    add_connection();
    return std::move(snapshot_);
  }

 private:
  [[nodiscard]] const std::vector<Row>& rows(QueryNumber query) const {
    return results_.at(query).rows;
  }

  /// Each row is given to the action and then let go of: with tens of thousands of objects, answers
  /// and snapshot together would take twice the memory of either.
  template <typename Action>
  void consume(QueryNumber query, const Action& action) {
    for (Row& row : results_.at(query).rows) {
      action(std::as_const(row));
      Row().swap(row);
    }
    std::vector<Row>().swap(results_.at(query).rows);
  }

  /// A vector that grew would be copied, and half as large again as it has to be.
  void reserve() {
    std::size_t most = 0;
    for (const QueryNumber query : {kSchemas,
                                    kExtensions,
                                    kRelations,
                                    kTypes,
                                    kEnumValues,
                                    kColumns,
                                    kConstraints,
                                    kTriggers,
                                    kFunctions}) {
      most += rows(query).size();
    }
    snapshot_.objects.reserve(most);
    indexes_.reserve(most + rows(kDefaults).size());
  }

  /// A new object, known under that address.
  void add(const Address& address, ObjectRef ref) {
    indexes_.emplace(address, snapshot_.objects.size());
    snapshot_.objects.push_back({.ref = std::move(ref)});
  }

  /// Another address for the object.
  void alias(const Address& address, const Address& of) {
    const auto found = indexes_.find(of);
    if (found != indexes_.end()) {
      indexes_.emplace(address, found->second);
    }
  }

  /// The object; null if it is not one of ours.
  [[nodiscard]] SchemaObject* at(const Address& address) {
    const auto found = indexes_.find(address);
    return found == indexes_.end() ? nullptr : &snapshot_.objects[found->second];
  }

  void add_in_schema(const Address& address, ObjectKind kind, Oid schema, std::string name) {
    if (const SchemaObject* const found = at({kPgNamespace, schema})) {
      add(address, {.kind = kind, .schema = found->ref.name, .name = std::move(name)});
    }
  }

  void add_part(const Address& address, ObjectKind kind, const Address& whole, std::string name) {
    if (const SchemaObject* const found = at(whole)) {
      add(address, part_of(found->ref, kind, std::move(name)));
    }
  }

  [[nodiscard]] static ObjectRef part_of(ObjectRef whole, ObjectKind kind, std::string name) {
    whole.kind = kind;
    whole.part = std::move(name);
    return whole;
  }

  void add_schemas_and_extensions() {
    for (const Row& row : rows(kSchemas)) {
      add({kPgNamespace, number(row, 0)}, {.kind = ObjectKind::Schema, .name = text(row, 1)});
    }
    for (const Row& row : rows(kExtensions)) {
      add({kPgExtension, number(row, 0)}, {.kind = ObjectKind::Extension, .name = text(row, 1)});
    }
    for (const Row& row : rows(kAvailable)) {
      snapshot_.available_extensions.push_back(text(row, 0));
    }
  }

  void add_relations() {
    consume(kRelations, [this](const Row& row) {
      const Address address{kPgClass, number(row, 0)};
      add_in_schema(address, relation_kind(text(row, 3).at(0)), number(row, 1), text(row, 2));
      alias({kPgType, number(row, 4)}, address);  // The type of its rows.
    });
  }

  void add_types() {
    for (const Row& row : rows(kTypes)) {
      const Address address{kPgType, number(row, 0)};
      add_in_schema(address, ObjectKind::Type, number(row, 1), text(row, 2));
      alias({kPgType, number(row, 3)}, address);   // Its array.
      alias({kPgClass, number(row, 4)}, address);  // A composite's columns.
    }
    for (const Row& row : rows(kEnumValues)) {
      enums_.insert(number(row, 0));
      // Nothing depends on a value, so it needs no address.
      if (const SchemaObject* const type = at({kPgType, number(row, 0)})) {
        snapshot_.objects.push_back(
            {.ref = part_of(type->ref, ObjectKind::EnumValue, text(row, 1))});
      }
    }
  }

  void add_column(const Address& whole, Oid place, std::string name, ColumnType type) {
    const SchemaObject* const found = at(whole);
    const Address address{kPgClass, whole.object, place};
    if (found == nullptr || found->ref.kind == ObjectKind::Index ||
        found->ref.kind == ObjectKind::Sequence) {
      return;
    }
    if (found->ref.kind == ObjectKind::View) {
      std::optional<std::vector<std::string>>& columns = at(whole)->signature;
      columns = columns.value_or(std::vector<std::string>());
      columns->push_back(std::move(name));
      return alias(address, whole);
    }
    add_part(address, ObjectKind::Column, whole, std::move(name));
    at(address)->type = std::move(type);
  }

  void add_parts() {
    consume(kColumns, [this](const Row& row) {
      const Address whole{kPgClass, number(row, 0)};
      const Oid place = number(row, 1);
      const Oid type = number(row, 3);
      add_column(whole, place, text(row, 2), column_type_of(type, std::stoi(text(row, 4))));
      if (enums_.contains(type)) {
        of_enums_.emplace_back(Address{kPgClass, whole.object, place}, type);
      }
    });
    consume(kConstraints, [this](const Row& row) {
      const Oid relation = number(row, 1);
      add_part({kPgConstraint, number(row, 0)},
               ObjectKind::Constraint,
               relation != 0 ? Address{kPgClass, relation} : Address{kPgType, number(row, 2)},
               text(row, 3));
    });
    for (const Row& row : rows(kTriggers)) {
      add_part({kPgTrigger, number(row, 0)},
               ObjectKind::Trigger,
               {kPgClass, number(row, 1)},
               text(row, 2));
    }
    for (const Row& row : rows(kRules)) {
      const SchemaObject* const relation = at({kPgClass, number(row, 1)});
      if (relation != nullptr && row.at(2).has_value()) {
        snapshot_.rules.push_back(part_of(relation->ref, ObjectKind::Trigger, text(row, 2)));
      }
      alias({kPgRewrite, number(row, 0)}, {kPgClass, number(row, 1)});
    }
    consume(kKeys, [this](const Row& row) {
      if (SchemaObject* const index = at({kPgClass, number(row, 0)})) {
        index->signature = std::move(index->signature).value_or(std::vector<std::string>());
        index->signature->push_back(text(row, 1));
        index->is_primary_key = text(row, 2) == "t";
      }
    });
    consume(kDefaults, [this](const Row& row) {
      alias({kPgAttrdef, number(row, 0)}, {kPgClass, number(row, 1), number(row, 2)});
    });
  }

  void add_functions() {
    std::unordered_map<std::string, Address> first;
    for (const Row& row : rows(kFunctions)) {
      const Address address{kPgProc, number(row, 0)};
      const auto [known, is_first] = first.emplace(text(row, 1) + '.' + text(row, 2), address);
      if (is_first) {
        add_in_schema(address, ObjectKind::Function, number(row, 1), text(row, 2));
      } else {
        alias(address, known->second);
      }
      if (SchemaObject* const function = at(address)) {
        function->overloads.push_back(overload_of(row));
      }
    }
  }

  static Overload overload_of(const Row& row) {
    Overload overload{.arguments = std::vector<std::string>()};
    std::istringstream types(text(row, 3));  // an oidvector: "23 25"
    for (Oid type = 0; overload.arguments && types >> type;) {
      overload.arguments->push_back(function_type_of(type));
      if (overload.arguments->back().empty()) {
        overload.arguments.reset();
      }
    }
    const bool has_other_results = text(row, 7) != "t";
    if (!has_other_results && text(row, 6) == "p") {
      overload.result = "procedure";
    } else if (!has_other_results && text(row, 6) == "f") {
      const std::string type = function_type_of(number(row, 4));
      overload.result = type.empty() || text(row, 5) != "t" ? type : "setof " + type;
    }
    return overload;
  }

  void add_dependencies() {
    consume(kDependencies, [this](const Row& row) {
      SchemaObject* const user = at({number(row, 0), number(row, 1), number(row, 2)});
      SchemaObject* const used = at({number(row, 3), number(row, 4), number(row, 5)});
      // A schema and the table of a column go without saying.
      if (user == nullptr || used == nullptr || user == used ||
          used->ref.kind == ObjectKind::Schema) {
        return;
      }
      Effect::Dependency dependency{.object = used->ref, .owned = text(row, 6) != "n"};
      std::vector<Effect::Dependency>& known = user->depends_on;
      if (std::find(known.begin(), known.end(), dependency) == known.end()) {
        known.push_back(std::move(dependency));
      }
      // An identity column needs its sequence; of a serial one the default says so.
      if (user->ref.kind == ObjectKind::Sequence && used->ref.kind == ObjectKind::Column &&
          text(row, 6) == "i") {
        used->depends_on.push_back({.object = user->ref});
      }
    });
  }

  /// Which of a column's dependencies is the enum that its values are of.
  void mark_types() {
    for (const auto& [address, type] : of_enums_) {
      SchemaObject* const column = at(address);
      const SchemaObject* const values = column == nullptr ? nullptr : at({kPgType, type});
      if (values == nullptr || column->ref.kind != ObjectKind::Column) {
        continue;
      }
      for (Effect::Dependency& dependency : column->depends_on) {
        dependency.is_type = dependency.is_type || dependency.object == values->ref;
      }
    }
  }

  void add_connection() {
    const Row& row = rows(kConnection).at(0);
    // What cannot be read is what a new database has.
    snapshot_.search_path =
        parse_search_path(text(row, 0)).value_or(std::vector<std::string>{"$user", "public"});
    snapshot_.user = text(row, 1);
    snapshot_.server_version = static_cast<int>(number(row, 2));
  }

  std::vector<QueryResult> results_;
  SchemaSnapshot snapshot_;
  std::unordered_set<Oid> enums_;
  std::vector<std::pair<Address, Oid>> of_enums_;  ///< Columns, and the enum of their values.
  std::unordered_map<Address, std::size_t, AddressHash> indexes_;
};

}  // namespace

SchemaSnapshot read_schema(Connection& connection) {
  std::vector<QueryResult> results = connection.execute(kSchemaQueries);
  if (results.size() != kQueryCount) {
    throw Error({.code = ErrorCode::Internal,
                 .message = "the database's schema was answered in " +
                            std::to_string(results.size()) + " results"});
  }
  return SnapshotBuilder(std::move(results)).build();
}

}  // namespace medusa
