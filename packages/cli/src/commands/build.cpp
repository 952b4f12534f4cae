// SPDX-License-Identifier: MIT
#include <memory>

#include "medusa/build/depfile.hpp"
#include "medusa/core/version.hpp"

#include "command.hpp"

namespace medusa {

namespace {

int execute(Context& context, const BuildStamp& files) {
  const auto start = std::filesystem::file_time_type::clock::now();
  context.terminal().open_events(version());
  context.build();
  if (!files.stamp.empty()) {
    const Workspace& workspace = context.workspace();
    const BuildResult& result = context.built();
    write_stamp(files, build_inputs(context.config(), workspace, result), workspace, result, start);
  }
  return 0;
}

}  // namespace

void add_build(CLI::App& parent, CommandAction& chosen) {
  CLI::App* command =
      parent.add_subcommand("build", "Build every member's src/migrations into dist/migrations");
  const auto files = std::make_shared<BuildStamp>();
  CLI::Option* stamp =
      command->add_option("--stamp", files->stamp, "For build systems: touch this file at the end")
          ->type_name("FILE");
  CLI::Option* depfile =
      command->add_option("--depfile", files->depfile, "Write there what the stamp depends on")
          ->type_name("FILE");
  stamp->needs(depfile);
  depfile->needs(stamp);
  command->callback([&chosen, files] {
    chosen = [files](Context& context) { return execute(context, *files); };
  });
}

}  // namespace medusa
