// SPDX-License-Identifier: MIT
#include "medusa/build/builder.hpp"

#include <algorithm>
#include <map>
#include <system_error>
#include <utility>

#include "medusa/core/checksum.hpp"
#include "medusa/system/files.hpp"

#include "build_command.hpp"
#include "description.hpp"
#include "lowering.hpp"
#include "member_build.hpp"
#include "sql_class.hpp"

namespace medusa {

namespace fs = std::filesystem;

namespace {

using Clock = std::chrono::steady_clock;

std::vector<MemberBuild> inspect(const Workspace& workspace, const BuildOptions& options) {
  std::vector<MemberBuild> builds;
  builds.reserve(workspace.members.size());
  for (const Member& member : workspace.members) {
    builds.push_back(inspect_member(member, workspace.root, options));
  }
  return builds;
}

bool anything_stale(const std::vector<MemberBuild>& builds) {
  return std::any_of(
      builds.begin(), builds.end(), [](const MemberBuild& build) { return build.needs_work(); });
}

/// One build of everything that is stale. Each step collects all problems before it gives up.
class Work {
 public:
  Work(const Workspace& workspace,
       const BuildOptions& options,
       ScriptHost& host,
       BuildObserver& observer,
       std::vector<MemberBuild>& builds)
      : workspace_(workspace),
        options_(options),
        host_(host),
        observer_(observer),
        builds_(builds) {}

  void run() {
    refuse_clashes();
    give_up_on_problems();
    begin();
    give_up_on_problems();
    compile();
    wrap_sql();
    give_up_on_problems();
    describe();
    give_up_on_problems();
    record();
    finish();
  }

 private:
  template <typename Do>
  void for_each_stale(Do action) {
    for (MemberBuild& build : builds_) {
      if (build.needs_work()) {
        action(build);
      }
    }
  }

  /// `a.ts` beside `a.sql`: the one built last would silently replace the other.
  void refuse_clashes() {
    for_each_stale([&](const MemberBuild& build) {
      std::map<fs::path, fs::path> made_of;
      for (const SourceFile& source : build.sources) {
        const auto [first, inserted] = made_of.emplace(source.output, source.path);
        if (!inserted) {
          problems_.push_back({.code = ErrorCode::Build,
                               .message = "'" + first->second.string() + "' and '" +
                                          source.path.string() + "' would both be built to '" +
                                          source.output.string() + "'",
                               .location = Location{.file = build.source_folder() / source.path},
                               .hint = "rename or remove one of them"});
        }
      }
    });
  }

  void begin() {
    for_each_stale([&](MemberBuild& build) {
      if (!build.stale.empty()) {
        observer_.on_event(MemberStale{.member = build.member.name, .files = build.stale.size()});
      }
      if (build.places.warning.has_value()) {
        warn(build, build.places.warning->message);
      }
      build.fresh = Manifest{.member = build.member.name,
                             .version = build.member.version,
                             .builder = ScriptHost::fingerprint()};
      if (build.mode == BuildMode::Compile) {
        build.staging.emplace(build.places.collected);
        begin_entries(build);
      } else if (build.mode == BuildMode::Command) {
        run_build_command(build.member, *options_.command);
        begin_entries(build);
        take_command_outputs(build);
      } else {
        begin_entries(build);
      }
    });
  }

  /// An entry for each source: the old one where that still holds.
  void begin_entries(MemberBuild& build) {
    for (std::size_t i = 0; i < build.sources.size(); ++i) {
      const SourceFile& source = build.sources[i];
      const bool stale = is_stale(build, i);
      if (!stale) {
        build.fresh.entries.push_back(*build.old->find(build.source_key(source)));
        keep_output(build, source);
        continue;
      }
      build.fresh.entries.push_back(
          {.source = build.source_key(source),
           .output = source.output,
           .inputs = {{.path = build.source_key(source), .checksum = source.checksum}},
           .kind = source.kind == SourceKind::Sql ? MigrationKind::Sql : MigrationKind::TypeOrm});
    }
  }

  /// A command rebuilds all scripts, so all of them are looked at again.
  static bool is_stale(const MemberBuild& build, std::size_t index) {
    return (build.mode == BuildMode::Command && build.sources[index].kind == SourceKind::Script) ||
           std::binary_search(build.stale.begin(), build.stale.end(), index);
  }

  /// What is still right moves over into the staging folder.
  static void keep_output(MemberBuild& build, const SourceFile& source) {
    if (!build.staging.has_value()) {
      return;
    }
    build.staging->keep(source.output);
    build.staging->keep(source.output.string() + ".map");
    for (const char* suffix : {".lowered.json", ".up.sql", ".down.sql"}) {
      build.staging->keep(fs::path(source.output).replace_extension(suffix));
    }
    // Says that the output is CommonJS, where that is needed. The compiler may write it again.
    build.staging->keep("package.json", Staging::Keep::AsCopy);
  }

  /// What the command wrote. Helpers in folders may have gone into other outputs; a migration may
  /// not be left out.
  void take_command_outputs(MemberBuild& build) {
    for (std::size_t i = 0; i < build.sources.size(); ++i) {
      const SourceFile& source = build.sources[i];
      if (source.kind != SourceKind::Script || !is_stale(build, i)) {
        continue;
      }
      const fs::path output = build.places.collected / source.output;
      if (const auto content = read_file_if_present(output)) {
        build.fresh.entries[i].output_checksum = sha256(*content);
      } else if (source.at_top()) {
        problems_.push_back({.code = ErrorCode::Build,
                             .message = "the build command '" + *options_.command +
                                        "' did not write '" + output.string() + '\'',
                             .location = Location{.file = build.source_folder() / source.path},
                             .hint = "make it write there (dist/migrations), or remove 'command' "
                                     "under [build]"});
      }
    }
  }

  void compile() {
    std::vector<CompileMember> members;
    std::vector<MemberBuild*> owners;
    for_each_stale([&](MemberBuild& build) {
      CompileMember member{.name = build.member.name,
                           .root = build.member.root,
                           .source = build.source_folder(),
                           .output = build.places.collected};
      for (const std::size_t index : build.stale) {
        if (build.mode == BuildMode::Compile && build.sources[index].kind == SourceKind::Script) {
          member.files.push_back(build.sources[index].path.string());
        }
      }
      if (!member.files.empty()) {
        member.staging = build.staging->folder();
        members.push_back(std::move(member));
        owners.push_back(&build);
      }
    });
    if (members.empty()) {
      return;
    }
    std::string compiler;
    const std::vector<CompiledMember> compiled = host_.compile(workspace_.root, members, compiler);
    for (std::size_t i = 0; i < compiled.size() && i < owners.size(); ++i) {
      take_compiled(*owners[i], compiled[i]);
    }
  }

  void take_compiled(MemberBuild& build, const CompiledMember& compiled) {
    for (Diagnostic problem : compiled.errors) {
      problem.message = "cannot build the migration: " + problem.message;
      problems_.push_back(std::move(problem));
    }
    for (const Diagnostic& warning : compiled.warnings) {
      warn(build, warning.message);
    }
    for (const CompiledFile& file : compiled.files) {
      ManifestEntry* entry = entry_of(build, file.source);
      if (entry == nullptr) {
        continue;
      }
      for (const ManifestInput& input : inputs_of(file.inputs, build.member.root)) {
        if (input.path != entry->inputs.front().path) {
          entry->inputs.push_back(input);
        }
      }
      entry->output_checksum = sha256(read_file(build.staging->folder() / file.output));
    }
  }

  static ManifestEntry* entry_of(MemberBuild& build, const fs::path& source) {
    const fs::path key = (build.source_folder() / source).lexically_relative(build.member.root);
    const auto found = std::find_if(
        build.fresh.entries.begin(), build.fresh.entries.end(), [&](const ManifestEntry& entry) {
          return entry.source == key;
        });
    return found == build.fresh.entries.end() ? nullptr : &*found;
  }

  /// SQL migrations and assets need no Node.
  void wrap_sql() {
    for_each_stale([&](MemberBuild& build) {
      for (const std::size_t index : build.stale) {
        const SourceFile& source = build.sources[index];
        ManifestEntry& entry = build.fresh.entries[index];
        if (build.mode == BuildMode::Built || source.kind == SourceKind::Script) {
          continue;
        }
        const std::string content = read_file(build.source_folder() / source.path);
        const std::string output =
            source.kind == SourceKind::Sql ? wrap(build, source, content, entry) : content;
        write_file(output_folder(build) / source.output, output);
        entry.output_checksum = sha256(output);
        if (source.kind == SourceKind::Asset && source.path.extension() == ".sql" &&
            content.find("-- migrate:up") != std::string::npos) {
          warn(build,
               source.path.string() +
                   " looks like a migration but is not called "
                   "<13-digit timestamp>-<name>.sql, so it does not run");
        }
      }
    });
  }

  std::string wrap(MemberBuild& build,
                   const SourceFile& source,
                   const std::string& content,
                   ManifestEntry& entry) {
    const SqlMigrationName name = sql_migration_name(source.path).value_or(SqlMigrationName{});
    try {
      const SqlMigration migration = parse_sql_migration(content);
      entry.migrations = {{.name = name.name,
                           .timestamp = name.timestamp,
                           .export_name = name.name,
                           .transaction = migration.transaction}};
      return sql_class(migration, name, source.path.string());
    } catch (const Error& error) {
      Diagnostic problem = error.first();
      problem.location = problem.location.value_or(Location{});
      problem.location->file = build.source_folder() / source.path;
      problem.message = "cannot build the migration: " + problem.message;
      problems_.push_back(problem);
      return {};
    }
  }

  static const fs::path& output_folder(const MemberBuild& build) {
    return build.staging.has_value() ? build.staging->folder() : build.places.collected;
  }

  void describe() {
    std::vector<ModuleFile> modules;
    std::vector<std::pair<MemberBuild*, std::size_t>> owners;
    for_each_stale([&](MemberBuild& build) {
      for (std::size_t i = 0; i < build.sources.size(); ++i) {
        const SourceFile& source = build.sources[i];
        if (is_stale(build, i) && source.kind == SourceKind::Script && source.at_top()) {
          modules.push_back({.file = output_folder(build) / source.output,
                             .member = build.member.name,
                             .member_root = build.member.root});
          owners.emplace_back(&build, i);
        }
      }
    });
    if (!modules.empty()) {
      const std::vector<ModuleDescription> found = host_.describe(modules);
      for (std::size_t i = 0; i < found.size() && i < owners.size(); ++i) {
        take_description(*owners[i].first, owners[i].second, found[i]);
      }
    }
    for_each_stale([&](MemberBuild& build) { describe_flags(build); });
  }

  /// Learns what SQL the new migrations send. Nothing here stops a build: what cannot be recorded
  /// is dynamic.
  void record() {
    for_each_stale([&](MemberBuild& build) {
      RecordMember member{.name = build.member.name,
                          .root = build.member.root,
                          .typeorm_roots = {workspace_.core().root, workspace_.backend().root}};
      std::vector<std::size_t> owners;
      for (std::size_t i = 0; i < build.sources.size(); ++i) {
        const ManifestEntry& entry = build.fresh.entries[i];
        if (is_stale(build, i) && entry.kind == MigrationKind::TypeOrm &&
            !entry.migrations.empty()) {
          member.files.push_back(output_folder(build) / entry.output);
          owners.push_back(i);
        }
      }
      if (member.files.empty()) {
        return;
      }
      const std::vector<RecordedModule> recorded = host_.record(member);
      for (std::size_t i = 0; i < recorded.size() && i < owners.size(); ++i) {
        take_recording(build, build.fresh.entries[owners[i]], recorded[i]);
      }
    });
  }

  /// The files that a recording read, as the sources they come from: what lies in the staging
  /// folder was made from sources that are inputs already, or copied from one.
  static std::vector<fs::path> sources_of(const std::vector<fs::path>& files,
                                          const MemberBuild& build) {
    std::vector<fs::path> sources;
    for (const fs::path& file : files) {
      const fs::path staged = file.lexically_relative(output_folder(build));
      const bool is_output =
          build.mode != BuildMode::Built && !staged.empty() && *staged.begin() != "..";
      const fs::path source = is_output ? build.source_folder() / staged : file;
      if (fs::is_regular_file(source)) {
        sources.push_back(source);
      }
    }
    return sources;
  }

  void take_recording(MemberBuild& build, ManifestEntry& entry, const RecordedModule& module) {
    const fs::path& folder =
        build.staging.has_value() ? build.staging->folder() : build.lowered_folder;
    write_lowering(module, folder, entry);
    for (const ManifestInput& input :
         inputs_of(sources_of(module.inputs, build), build.member.root)) {
      if (std::find(entry.inputs.begin(), entry.inputs.end(), input) == entry.inputs.end()) {
        entry.inputs.push_back(input);
      }
    }
    if (build.mode == BuildMode::Built) {
      return;  // released packages hold downs that nobody ever ran; their owner cannot mend them
    }
    for (const Diagnostic& found : suspicious_statements(module)) {
      const Location place = found.location.value_or(Location{});
      const std::string where =
          place.line > 0 ? place.file.filename().string() + ':' + std::to_string(place.line)
                         : entry.source.filename().string();
      warn(build, where + ": PostgreSQL's parser says: " + found.message);
    }
  }

  void take_description(MemberBuild& build, std::size_t index, const ModuleDescription& module) {
    ManifestEntry& entry = build.fresh.entries[index];
    apply_description(module, build.member.root / entry.source, entry, problems_);
    if (entry.output_checksum.empty()) {
      entry.output_checksum = sha256(read_file(output_folder(build) / entry.output));
    }
    for (const std::string& note : entry.notes) {
      warn(build, entry.source.filename().string() + ": " + note);
    }
  }

  void describe_flags(MemberBuild& build) {
    if (build.member.role != Role::Core) {
      return;
    }
    for (const HostFlag& flag : host_.flags(build.member.root)) {
      build.fresh.flags.push_back({.key = flag.key,
                                   .enabled_by_default = flag.enabled_by_default,
                                   .environment_variable = flag.environment_variable});
    }
    build.fresh.flag_inputs = inputs_of(flag_files(build.member.root), build.member.root);
  }

  void finish() {
    for_each_stale([&](MemberBuild& build) {
      const std::string manifest = to_json(build.fresh);
      if (build.staging.has_value()) {
        write_file(build.staging->folder() / build.manifest_path.filename(), manifest);
        build.staging->commit();
      } else {
        for (const std::string& file : build.removed) {
          fs::remove(build.places.collected / file);
        }
        write_file(build.manifest_path, manifest);
      }
      observer_.on_event(
          MemberBuilt{.member = build.member.name,
                      .compiled = build.mode == BuildMode::Built ? 0 : build.stale.size(),
                      .described = build.stale.size(),
                      .removed = build.removed});
      build.old = build.fresh;
    });
  }

  void warn(const MemberBuild& build, const std::string& message) {
    observer_.on_event(BuildWarning{.member = build.member.name, .message = message});
  }

  void give_up_on_problems() {
    if (!problems_.empty()) {
      throw Error(problems_);
    }
  }

  const Workspace& workspace_;
  const BuildOptions& options_;
  ScriptHost& host_;
  BuildObserver& observer_;
  std::vector<MemberBuild>& builds_;
  std::vector<Diagnostic> problems_ = {};
};

BuildResult result_of(const std::vector<MemberBuild>& builds) {
  BuildResult result;
  for (const MemberBuild& build : builds) {
    const Manifest manifest = build.old.value_or(Manifest{.member = build.member.name});
    if (build.member.role == Role::Core) {
      result.flags = manifest.flags;
    }
    result.members.push_back({.member = build.member,
                              .manifest = manifest,
                              .output = build.places.collected,
                              .lowered = build.lowered_folder});
  }
  return result;
}

}  // namespace

BuildResult build(const Workspace& workspace,
                  const BuildOptions& options,
                  ScriptHost& host,
                  BuildObserver& observer) {
  const Clock::time_point start = Clock::now();
  std::vector<MemberBuild> builds = inspect(workspace, options);
  std::size_t built = 0;
  if (anything_stale(builds)) {
    const FileLock lock(workspace.root / ".medusa" / "build.lock");
    builds = inspect(workspace, options);  // somebody else may have built while we waited
    built = static_cast<std::size_t>(std::count_if(
        builds.begin(), builds.end(), [](const MemberBuild& build) { return build.needs_work(); }));
    if (built > 0) {
      Work(workspace, options, host, observer, builds).run();
    }
  }
  observer.on_event(BuildFinished{
      .members = builds.size(),
      .built_members = built,
      .duration = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - start)});
  return result_of(builds);
}

}  // namespace medusa
