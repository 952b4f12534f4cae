// SPDX-License-Identifier: MIT
// A database's schema as it is believed to be between two migrations: starts empty or from a live
// database, and changes by the footprints of migrations as PostgreSQL would change it. Pure.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "medusa/schema/problem.hpp"
#include "medusa/schema/snapshot.hpp"
#include "medusa/sql/footprint.hpp"

namespace medusa {

/// What one migration does: the footprints of its statements, in order.
using MigrationFootprint = std::vector<StatementFootprint>;

/// In which transaction a migration runs: it ends what SET LOCAL did, and makes new enum values
/// usable.
enum class TransactionScope {
  New,        ///< One that begins with it.
  Continued,  ///< That of the migration before it.
  None,       ///< Each statement commits by itself.
};

/// Who is it that decides where names without a schema go.
enum class PathRule {
  Entered,     ///< Each transaction begins with the default schema and `public` on the search_path.
  Connection,  ///< They go where the connection's search_path says.
};

/// Who made a table and who changed it since.
struct TableOwnership {
  ObjectRef table = {};
  std::optional<MigrationNumber> creator = {};  ///< Absent: it was there from the beginning.
  std::vector<MigrationNumber> changers = {};   ///< Others than the creator, in order.
};

/// What a DROP took along without naming it: an index of a column, a view under CASCADE.
struct TakenAlong {
  MigrationNumber by = 0;  ///< Whose DROP it was.
  ObjectRef object = {};
  std::optional<MigrationNumber> creator = {};  ///< Absent: it was there from the beginning.
};

/// Something that a migration created and that is there.
struct CreatedObject {
  ObjectRef object = {};
  MigrationNumber creator = 0;
  std::vector<ObjectRef> owners = {};  ///< With which it goes: its relation, its column.
};

/// A symbolic schema. What it does not know counts as there: what pg_catalog and information_schema
/// hold, functions that nobody announced, parts of views, of partitions and of tables that an
/// opaque statement made.
class SchemaState {
 public:
  /// @param default_schema where unqualified names go; they are looked up there, then in `public`.
  ///   It exists, whatever the snapshot says.
  explicit SchemaState(std::string default_schema = "public");

  /// Starts with what a database has.
  SchemaState(std::string default_schema,
              const SchemaSnapshot& snapshot,
              PathRule rule = PathRule::Entered);

  ~SchemaState();
  SchemaState(const SchemaState& other);
  SchemaState(SchemaState&&) noexcept;
  SchemaState& operator=(const SchemaState& other);
  SchemaState& operator=(SchemaState&&) noexcept;

  /// Makes known which functions the migration creates: from now on they are there only once they
  /// are created.
  void announce(const MigrationFootprint& footprint);

  /// Says that the objects which the migration creates, and which are there, are its work: for
  /// migrations that a database has applied, beside its snapshot.
  void credit(MigrationNumber migration, const MigrationFootprint& footprint);

  /// Changes the schema as the migration would, and gives everything that is wrong with that, in
  /// the order of its effects. What fails is skipped, or done as far as it makes sense, so that one
  /// mistake is one problem. What it sets for its session holds for those that are applied later.
  std::vector<SchemaProblem> apply(MigrationNumber migration,
                                   const MigrationFootprint& footprint,
                                   TransactionScope scope = TransactionScope::New);

  /// What `apply` would say; the schema stays as it is.
  [[nodiscard]] std::vector<SchemaProblem> check(MigrationNumber migration,
                                                 const MigrationFootprint& footprint,
                                                 TransactionScope scope = TransactionScope::New);

  /// The outermost things that the migration needs, does not create itself, and that are not there;
  /// sorted, each once. It cannot change before one of them is created, in whatever schema.
  [[nodiscard]] std::vector<ObjectRef> missing(const MigrationFootprint& footprint,
                                               TransactionScope scope = TransactionScope::New);

  /// Whether the transaction of the last migration added values to enums that were there before.
  [[nodiscard]] bool has_uncommitted_values() const;

  /// Whether it is known to be there.
  [[nodiscard]] bool contains(const ObjectRef& object) const;

  /// Migrations that ran an opaque statement, in order: what they did is not known.
  [[nodiscard]] const std::vector<MigrationNumber>& opaque() const;

  /// What went without being named, in order.
  [[nodiscard]] const std::vector<TakenAlong>& taken_along() const;

  /// What migrations created, in the order in which they did.
  [[nodiscard]] std::vector<CreatedObject> created() const;

  /// All tables (relations that are not indexes or sequences) with who made and changed them, by
  /// name.
  [[nodiscard]] std::vector<TableOwnership> ownership() const;

  /// Everything, sorted.
  [[nodiscard]] SchemaSnapshot snapshot() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace medusa
