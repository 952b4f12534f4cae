// SPDX-License-Identifier: MIT
#include "member_build.hpp"

#include <catch2/catch.hpp>

#include "medusa/catalog/footprints.hpp"
#include "medusa/core/checksum.hpp"
#include "medusa/system/files.hpp"

#include "temporary_workspace.hpp"

namespace medusa {

namespace fs = std::filesystem;

namespace {

using Names = std::vector<std::string>;

const std::string kSource = "plugin/src/migrations/";
const std::string kOutput = "plugin/dist/migrations/";

/// Remembers nothing, so that everything is read.
MemberBuild inspected(const Member& member,
                      const fs::path& workspace_root,
                      const BuildOptions& options = {}) {
  FileChecksums checksums;
  return inspect_member(member, workspace_root, options, checksums);
}

/// A plugin with two sources, a helper they share and an SQL migration, as a build leaves it.
class Plugin {
 public:
  Plugin() {
    folder_.write("plugin/src/shared.ts", "shared");
    for (const std::string name : {"1700000000001-a", "1700000000002-b", "1700000000003-c"}) {
      add(name + (name == "1700000000003-c" ? ".sql" : ".ts"), name + ".js");
    }
    manifest_.entries[0].inputs.push_back({.path = "src/shared.ts", .checksum = sha256("shared")});
    write_manifest();
  }

  [[nodiscard]] MemberBuild inspect(const BuildOptions& options = {}) const {
    return inspected(member(), folder_.root(), options);
  }

  [[nodiscard]] Member member() const {
    return {.name = "plugin", .version = "1.0.0", .root = folder_.root() / "plugin"};
  }

  [[nodiscard]] const TemporaryWorkspace& folder() const { return folder_; }

  Manifest& manifest() { return manifest_; }

  void write_manifest() const {
    folder_.write(kOutput + "medusa-manifest.json", to_json(manifest_));
    folder_.write(kOutput + kFootprintsName, "");
  }

 private:
  void add(const std::string& source, const std::string& output) {
    folder_.write(kSource + source, "source " + source);
    folder_.write(kOutput + output, "output " + output);
    manifest_.entries.push_back(
        {.source = "src/migrations/" + source,
         .output = output,
         .output_checksum = sha256("output " + output),
         .inputs = {{.path = "src/migrations/" + source, .checksum = sha256("source " + source)}}});
  }

  TemporaryWorkspace folder_;
  Manifest manifest_{.member = "plugin", .version = "1.0.0", .builder = builder_name()};
};

/// The sources that would be built again.
Names stale(const MemberBuild& build) {
  Names names;
  for (const std::size_t index : build.stale) {
    names.push_back(build.sources[index].path);
  }
  return names;
}

const Names kAll{"1700000000001-a.ts", "1700000000002-b.ts", "1700000000003-c.sql"};

}  // namespace

TEST_CASE("a member is fresh when nothing changed since its build", "[build]") {
  const MemberBuild build = Plugin().inspect();
  CHECK(build.mode == BuildMode::Compile);
  CHECK(build.old.has_value());
  CHECK(stale(build).empty());
  CHECK_FALSE(build.needs_work());
}

TEST_CASE("a touched file is not a changed one", "[build]") {
  const Plugin plugin;
  fs::last_write_time(plugin.folder().root() / (kSource + "1700000000001-a.ts"),
                      fs::file_time_type::clock::now());
  plugin.folder().write(kSource + "1700000000002-b.ts", "source 1700000000002-b.ts");
  CHECK_FALSE(plugin.inspect().needs_work());
}

TEST_CASE("a source with another content is stale, and only that one", "[build]") {
  const Plugin plugin;
  plugin.folder().write(kSource + "1700000000002-b.ts", "changed");
  CHECK(stale(plugin.inspect()) == Names{"1700000000002-b.ts"});
}

TEST_CASE("a source is stale when something it was made of changed", "[build]") {
  const Plugin plugin;
  SECTION("changed") {
    plugin.folder().write("plugin/src/shared.ts", "changed");
  }
  SECTION("gone") {
    plugin.folder().remove("plugin/src/shared.ts");
  }
  CHECK(stale(plugin.inspect()) == Names{"1700000000001-a.ts"});
}

TEST_CASE("a source whose output is missing or altered is stale", "[build]") {
  const Plugin plugin;
  SECTION("missing") {
    plugin.folder().remove(kOutput + "1700000000003-c.js");
  }
  SECTION("altered") {
    plugin.folder().write(kOutput + "1700000000003-c.js", "by hand");
  }
  CHECK(stale(plugin.inspect()) == Names{"1700000000003-c.sql"});
}

TEST_CASE("a new source is stale", "[build]") {
  const Plugin plugin;
  plugin.folder().write(kSource + "1700000000004-d.ts", "new");
  CHECK(stale(plugin.inspect()) == Names{"1700000000004-d.ts"});
}

TEST_CASE("the output of a source that is gone is to be removed", "[build]") {
  const Plugin plugin;
  plugin.folder().remove(kSource + "1700000000002-b.ts");
  const MemberBuild build = plugin.inspect();
  CHECK(stale(build).empty());
  CHECK(build.removed == Names{"1700000000002-b.js"});
  CHECK(build.needs_work());
}

TEST_CASE("a source that is gone with its output still leaves its entry", "[build]") {
  const Plugin plugin;
  plugin.folder().remove(kSource + "1700000000002-b.ts");
  plugin.folder().remove(kOutput + "1700000000002-b.js");
  CHECK(plugin.inspect().manifest_stale);
}

TEST_CASE("a renamed source is built, its old output removed", "[build]") {
  const Plugin plugin;
  fs::rename(plugin.folder().root() / (kSource + "1700000000002-b.ts"),
             plugin.folder().root() / (kSource + "1700000000002-x.ts"));
  const MemberBuild build = plugin.inspect();
  CHECK(stale(build) == Names{"1700000000002-x.ts"});
  CHECK(build.removed == Names{"1700000000002-b.js"});
}

TEST_CASE("a file that no source accounts for is to be removed", "[build]") {
  const Plugin plugin;
  plugin.folder().write(kOutput + "1700000000009-stray.js", "stray");
  CHECK(plugin.inspect().removed == Names{"1700000000009-stray.js"});
}

TEST_CASE("source maps and the manifest belong to the output", "[build]") {
  const Plugin plugin;
  plugin.folder().write(kOutput + "1700000000001-a.js.map", "{}");
  plugin.folder().write(kOutput + "package.json", "{}");
  CHECK_FALSE(plugin.inspect().needs_work());
  plugin.folder().write(kOutput + "1700000000009-gone.js.map", "{}");
  CHECK(plugin.inspect().removed == Names{"1700000000009-gone.js.map"});
}

TEST_CASE("without a usable manifest everything is stale", "[build]") {
  Plugin plugin;
  SECTION("none") {
    plugin.folder().remove(kOutput + "medusa-manifest.json");
  }
  SECTION("damaged") {
    plugin.folder().write(kOutput + "medusa-manifest.json", "{");
  }
  SECTION("of another builder") {
    plugin.manifest().builder = "another";
    plugin.write_manifest();
  }
  CHECK(stale(plugin.inspect()) == kAll);
  CHECK_FALSE(plugin.inspect().old.has_value());
}

TEST_CASE("a source that goes to another output now is stale", "[build]") {
  Plugin plugin;
  plugin.manifest().entries[1].output = "other.js";
  plugin.write_manifest();
  CHECK(stale(plugin.inspect()) == Names{"1700000000002-b.ts"});
}

TEST_CASE("a member without output is stale as a whole", "[build]") {
  const Plugin plugin;
  plugin.folder().remove("plugin/dist");
  CHECK(stale(plugin.inspect()) == kAll);
}

TEST_CASE("a member whose sources were all deleted loses its output", "[build]") {
  const Plugin plugin;
  plugin.folder().remove("plugin/src/migrations");
  const MemberBuild build = plugin.inspect();
  CHECK(build.mode == BuildMode::Compile);
  CHECK(build.removed == Names{"1700000000001-a.js", "1700000000002-b.js", "1700000000003-c.js"});
  CHECK(build.needs_work());
}

TEST_CASE("a deployed member without its sources keeps its output", "[build]") {
  const Plugin plugin;
  plugin.folder().remove("plugin/src");
  const MemberBuild build = plugin.inspect();
  CHECK(build.mode == BuildMode::Built);
  CHECK(build.removed.empty());
  CHECK(stale(build) == Names{"1700000000001-a.js", "1700000000002-b.js", "1700000000003-c.js"});
}

TEST_CASE("a command builds members with scripts, and only those", "[build]") {
  const Plugin plugin;
  CHECK(plugin.inspect({.command = "npm run build"}).mode == BuildMode::Command);
  plugin.folder().remove(kSource + "1700000000001-a.ts");
  plugin.folder().remove(kSource + "1700000000002-b.ts");
  CHECK(plugin.inspect({.command = "npm run build"}).mode == BuildMode::Compile);
}

TEST_CASE("what a command writes beside migrations is left alone", "[build]") {
  const Plugin plugin;
  plugin.folder().write(kOutput + "1700000000001-a.d.ts", "types");
  plugin.folder().write(kOutput + "deep/helper.js", "helper");
  plugin.folder().write(kOutput + "1700000000009-stray.js", "stray");
  CHECK(plugin.inspect({.command = "npm run build"}).removed == Names{"1700000000009-stray.js"});
}

TEST_CASE("an installed member is described beside the workspace, not written to", "[build]") {
  const Plugin plugin;
  Member member = plugin.member();
  member.installed = true;
  const MemberBuild build = inspected(member, plugin.folder().root());
  CHECK(build.mode == BuildMode::Built);
  CHECK(build.manifest_path.parent_path() == plugin.folder().root() / ".medusa" / "manifests");
  CHECK(build.removed.empty());
}

TEST_CASE("two copies of one package are described apart", "[build]") {
  const TemporaryWorkspace folder;
  const Member one{.name = "@a/b", .version = "1", .root = folder.root() / "x", .installed = true};
  const Member two{.name = "@a/b", .version = "1", .root = folder.root() / "y", .installed = true};
  const fs::path first = inspected(one, folder.root()).manifest_path;
  const fs::path second = inspected(two, folder.root()).manifest_path;
  CHECK(first != second);
  CHECK(first.parent_path() == second.parent_path());
}

TEST_CASE("a member without migrations needs no work", "[build]") {
  const TemporaryWorkspace folder;
  folder.write("plugin/package.json", "{}");
  const MemberBuild build =
      inspected({.name = "plugin", .root = folder.root() / "plugin"}, folder.root());
  CHECK_FALSE(build.needs_work());
}

TEST_CASE("the core's manifest is stale when its feature flags changed", "[build]") {
  const TemporaryWorkspace folder;
  folder.write("core/dist/loaders/feature-flags/a.js", "a");
  folder.write("core/dist/loaders/feature-flags/index.js", "not a flag");
  const Member core{
      .name = "core", .root = folder.root() / "core", .role = Role::Core, .installed = true};
  MemberBuild build = inspected(core, folder.root());
  CHECK(build.flags_stale);
  const Manifest manifest{
      .member = "core",
      .builder = builder_name(),
      .flag_inputs = {{.path = "dist/loaders/feature-flags/a.js", .checksum = sha256("a")}}};
  write_file(build.manifest_path, to_json(manifest));
  CHECK_FALSE(inspected(core, folder.root()).needs_work());
  folder.write("core/dist/loaders/feature-flags/a.js", "changed");
  CHECK(inspected(core, folder.root()).flags_stale);
}

TEST_CASE("a module's sources are what its list says, as long as that holds", "[build]") {
  const TemporaryWorkspace folder;
  folder.write("module/package.json", "{}");
  for (const char* file : {"index", "a", "b", "unlisted"}) {
    folder.write("module/dist/" + std::string(file) + ".js", file);
  }
  const Member module{.name = "module", .root = folder.root() / "module", .role = Role::Module};
  const MemberBuild unknown = inspected(module, folder.root());
  CHECK(unknown.list_stale);
  CHECK(unknown.sources.empty());

  Manifest manifest{.member = "module",
                    .builder = builder_name(),
                    .listed = {"dist/b.js", "dist/a.js"},
                    .list_inputs = {{.path = "dist/index.js", .checksum = sha256("index")}}};
  for (const std::string name : {"a", "b"}) {
    const fs::path file = "dist/" + name + ".js";
    manifest.entries.push_back(
        {.source = file, .output = file, .inputs = {{.path = file, .checksum = sha256(name)}}});
  }
  write_file(unknown.manifest_path, to_json(manifest));
  write_file(unknown.lowered_folder / kFootprintsName, "");
  const MemberBuild known = inspected(module, folder.root());
  CHECK_FALSE(known.needs_work());
  REQUIRE(known.sources.size() == 2);
  CHECK(known.sources[0].path == "dist/a.js");
  CHECK(known.listed == std::vector<fs::path>{"dist/b.js", "dist/a.js"});

  folder.write("module/dist/index.js", "changed");
  CHECK(inspected(module, folder.root()).list_stale);
}

}  // namespace medusa
