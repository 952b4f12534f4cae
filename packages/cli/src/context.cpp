// SPDX-License-Identifier: MIT
#include "context.hpp"

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "medusa/catalog/program.hpp"
#include "medusa/plan/edited_statement.hpp"
#include "medusa/plan/upgrade_order.hpp"
#include "medusa/report/build_reporter.hpp"
#include "medusa/report/diagnostic.hpp"
#include "medusa/system/account.hpp"

namespace medusa {

Context::Context(GlobalOptions options, const Environment& environment, Terminal& terminal)
    : options_(std::move(options)),
      environment_(environment),
      terminal_(terminal) {}

const Config& Context::config() {
  if (!config_.has_value()) {
    overrides.database_url = options_.database_url;
    if (options_.config.has_value()) {
      overrides.config_file = *options_.config;
    }
    const std::filesystem::path file = find_config(std::filesystem::current_path(), overrides);
    config_ = load_config(file, environment_, overrides);
  }
  return *config_;
}

const Workspace& Context::workspace() {
  if (!workspace_.has_value()) {
    workspace_ = load_workspace(config());
    for (const Diagnostic& warning : workspace_->warnings) {
      render_warning(warning, terminal_);
    }
  }
  return *workspace_;
}

ScriptHost& Context::host() {
  if (host_ == nullptr) {
    host_ = std::make_unique<ScriptHost>(
        HostOptions{.environment = environment_,
                    .directory = workspace().backend().root,
                    .silence_limit = config().migrations.host_timeout.value});
  }
  return *host_;
}

void Context::build() {
  if (built_.has_value()) {
    return;
  }
  BuildOptions options;
  if (config().build.command.has_value()) {
    options.command = config().build.command->value;
  }
  BuildReporter reporter(terminal_);
  built_ = medusa::build(workspace(), options, host(), reporter);
}

const Catalog& Context::catalog() {
  if (!catalog_.has_value()) {
    check_database_choice(config(), environment_);
    build();
    std::map<std::string, FlagValue> configured;
    for (const auto& [name, setting] : config().feature_flags) {
      configured.emplace(name, setting.value);
    }
    catalog_ = Catalog::collect(std::move(built_->members),
                                FeatureFlags(built_->flags, configured, environment_),
                                config().order);
  }
  return *catalog_;
}

const DatabaseChoice& Context::database() {
  if (!database_.has_value()) {
    database_ = choose_database(config(), environment_);
    if (database_->is_private && environment_.get("DATABASE_URL") == "") {
      terminal_.warn("DATABASE_URL is set but empty, and so ignored");
    }
  }
  return *database_;
}

void Context::announce_database() {
  if (terminal_.format() == OutputFormat::Text) {
    terminal_.status("Database", database().text());
  }
}

std::string Context::schema() {
  return config().database.schema.has_value() ? config().database.schema->value : "public";
}

ExecutorOptions Context::executor_options() {
  std::map<std::string, std::string> versions;
  for (const Member& member : workspace().members) {
    versions.emplace(member.name, member.version);
  }
  return {.schema = schema(),
          .schema_is_set = config().database.schema.has_value(),
          .extensions = config().database.extensions.value,
          .run_lock_timeout = config().migrations.run_lock_timeout.value,
          .lock_timeout = config().migrations.lock_timeout.value,
          .lock_retry = config().migrations.lock_retry.value,
          .statement_timeout = config().migrations.statement_timeout.value,
          .account = account(),
          .versions = versions,
          .typeorm_roots = {workspace().core().root, workspace().backend().root, workspace().root},
          .member_root = [this](const std::string& name) {
            for (const Member& member : workspace().members) {
              if (member.name == name) {
                return member.root;
              }
            }
            return workspace().root;
          }};
}

namespace {

/// Of indexes that pending migrations create IF NOT EXISTS and that are there.
std::vector<std::string> indexes_to_compare(const std::vector<const Migration*>& pending,
                                            const UpgradeFacts& facts) {
  std::set<std::string> wanted;
  for (const Migration* migration : pending) {
    for (std::string& name : facts.footprints.indexes_unless_there(*migration)) {
      wanted.insert(std::move(name));
    }
  }
  std::vector<std::string> there;
  for (const SchemaObject& object : facts.snapshot.objects) {
    if (object.ref.kind == ObjectKind::Index && wanted.erase(object.ref.name) > 0) {
      there.push_back(object.ref.name);
    }
  }
  return there;
}

}  // namespace

UpgradeFacts Context::facts(const History& history,
                            const DatabaseSource& source,
                            FootprintDirections directions) {
  UpgradeFacts facts{.schema = schema(),
                     .schema_is_set = config().database.schema.has_value(),
                     .snapshot = source.schema(),
                     .footprints = FootprintIndex::load(catalog(), directions),
                     .journal = compared(source.journal()),
                     .refuse = config().migrations.refuse_foreseen.value,
                     .late = config().migrations.late.value,
                     .hazards = config().migrations.hazards.value,
                     .allowed_hazards = config().migrations.allowed_hazards.value};
  const std::vector<const Migration*> pending = pending_migrations(catalog(), history);
  const std::vector<std::string> indexes = indexes_to_compare(pending, facts);
  if (!indexes.empty()) {
    source.index_definitions(indexes, facts.snapshot);
  }
  for (const Migration* migration : pending) {
    // One with the timestamp of something applied may have been renamed.
    if (migration->timestamp <= history.newest_timestamp()) {
      facts.recordings = source.recordings();
      break;
    }
  }
  for (const auto& [member, policy] : config().late) {
    facts.late_of_member.emplace(member, policy.value);
  }
  return facts;
}

Journal Context::compared(const Journal& journal) {
  return with_edits(journal, catalog(), load_lowering);
}

Planner Context::upgrade_planner() {
  const Catalog& catalog = this->catalog();
  const TransactionMode mode = config().migrations.transaction.value;
  return [this, &catalog, mode](const History& history, const DatabaseSource& source) {
    return pending_migrations(catalog, history).empty()
               ? make_upgrade_plan(catalog, history, mode, compared(source.journal()))
               : make_upgrade_plan(catalog, history, mode, facts(history, source));
  };
}

}  // namespace medusa
