// SPDX-License-Identifier: MIT
// The conversation with the Node host: one JSON object a line, over descriptors of its own (the
// child reads 3 and writes 4), so that nothing a migration prints can get between. The child speaks
// first and says which version of the protocol it speaks. Every request is answered exactly once;
// while a `run` request is being worked on, the child may ask for any number of queries, which are
// answered in the order asked. The counterpart is node/protocol.cjs.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "medusa/catalog/lowered.hpp"
#include "medusa/core/error.hpp"
#include "medusa/database/connection.hpp"

namespace medusa {

/// Bumped with every change that the other side must know of.
inline constexpr int kHostProtocol = 1;

/// A member whose sources are to be transpiled.
struct CompileMember {
  std::string name = {};
  std::filesystem::path root = {};
  std::filesystem::path source = {};    ///< Its src/migrations.
  std::filesystem::path staging = {};   ///< Where the output is written; exists and is empty.
  std::filesystem::path output = {};    ///< Where it will be in the end (for source maps).
  std::vector<std::string> files = {};  ///< Relative to `source`.
};

struct CompiledFile {
  std::string source = {};                         ///< Relative, as asked.
  std::string output = {};                         ///< Relative to the output folder.
  std::vector<std::filesystem::path> inputs = {};  ///< Every file that went in, absolute.
};

struct CompiledMember {
  std::string name = {};
  std::vector<CompiledFile> files = {};
  std::vector<Diagnostic> errors = {};
  std::vector<Diagnostic> warnings = {};
};

/// Why the migrations of a Medusa module cannot be listed.
enum class ModuleProblem {
  NotLoadable,        ///< Its code throws while it loads, or the package cannot be found.
  NotAModule,         ///< It has no default export.
  NoMigrations,       ///< Its definition lists none.
  ForeignMigrations,  ///< They are not TypeORM's: it migrates with code of its own (MikroORM).
  NoFile,             ///< A migration in its list is not what one file of the package exports.
};

/// The files whose migrations a Medusa module lists, or why they are not known.
struct ModuleList {
  std::vector<std::filesystem::path> files = {};   ///< Absolute, in the order of its list.
  std::vector<std::filesystem::path> inputs = {};  ///< The package's files that the list came from.
  std::optional<ModuleProblem> problem = {};
  std::string message = {};  ///< Of the problem.
};

/// A built JavaScript file to look into.
struct ModuleFile {
  std::filesystem::path file = {};
  std::string member = {};
  std::filesystem::path member_root = {};
};

/// A migration class found in a module.
struct ModuleMigration {
  std::optional<std::string> export_name = {};  ///< None: module.exports itself.
  std::string name = {};
  std::optional<std::int64_t> timestamp = {};  ///< None: the name does not end in one.
  std::optional<bool> transaction = {};
};

/// What a module exports, or why it could not be loaded.
struct ModuleDescription {
  std::filesystem::path file = {};
  std::vector<std::string> flags = {};  ///< All of these must be on.
  std::string nested_flag = {};
  std::string nested_key = {};
  std::vector<ModuleMigration> migrations = {};
  std::vector<std::string> notes = {};
  std::optional<Diagnostic> problem = {};
};

/// Modules of one member whose migrations are run once to learn what SQL they send.
struct RecordMember {
  std::string name = {};
  std::filesystem::path root = {};
  std::vector<std::filesystem::path> files = {};
};

/// What the recording of a module gave.
struct RecordedModule {
  std::filesystem::path file = {};
  std::vector<LoweredMigration> migrations = {};
  std::vector<std::filesystem::path> inputs = {};  ///< Files whose content counts.
  std::string reason = {};  ///< Why nothing is known: the module could not be loaded.
};

/// A feature flag of the core package.
struct HostFlag {
  std::string key = {};
  bool enabled_by_default = false;
  std::string environment_variable = {};
};

/// One direction of one migration to run.
struct ScriptRun {
  std::string member = {};
  std::filesystem::path member_root = {};
  std::vector<std::filesystem::path> typeorm_roots = {};  ///< Where typeorm is looked for as well.
  std::filesystem::path file = {};
  std::optional<std::string> export_name = {};
  bool up = true;
  std::optional<std::string> schema = {};
  bool in_transaction = true;
};

/// A statement that the server refused while a migration ran.
struct FailedQuery {
  std::string text = {};
  SqlErrorFields error = {};
};

/// Why a migration's code did not finish.
struct ScriptFailure {
  std::string message = {};
  std::optional<Location> location = {};  ///< In the source, where a source map says so.
  std::string stack = {};
  std::optional<FailedQuery> query = {};  ///< When a refused statement is the reason.
};

/// A query that comes from the host.
struct HostQuery {
  std::string text = {};
  /// Absent when the caller passed none: then several statements are allowed.
  std::optional<std::vector<Parameter>> parameters = {};
  bool is_setup = false;  ///< TypeORM's own, when it connects: no part of the migration.
};

/// Runs the queries of a migration. What it throws ends the run: SqlError is given to the migration
/// as node-postgres would give it; an Error ends the host.
class QueryHandler {
 public:
  virtual ~QueryHandler() = default;

  virtual std::vector<QueryResult> query(const HostQuery& query) = 0;
};

}  // namespace medusa
