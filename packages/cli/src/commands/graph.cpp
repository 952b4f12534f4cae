// SPDX-License-Identifier: MIT
#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "medusa/core/error.hpp"
#include "medusa/core/text.hpp"
#include "medusa/report/make_picture.hpp"
#include "medusa/system/files.hpp"

#include "command.hpp"

namespace medusa {

namespace {

/// What the picture can be drawn as. The first is the default.
struct PictureFormat {
  std::string name = {};
  std::vector<std::string> endings = {};  ///< Of files that are meant to hold it.
  std::string (*draw)(const MigrationPicture&) = nullptr;
};

const std::vector<PictureFormat>& formats() {
  static const std::vector<PictureFormat> kFormats{
      {"dot", {".dot", ".gv"}, picture_dot},
      {"mermaid", {".mmd", ".mermaid"}, picture_mermaid},
      {"svg", {".svg"}, picture_svg},
      {"html", {".html", ".htm"}, picture_html},
      {"json", {".json"}, picture_json}};
  return kFormats;
}

struct GraphOptions {
  std::string format = {};
  std::string output = {};
};

std::vector<std::string> all_endings() {
  std::vector<std::string> endings;
  for (const PictureFormat& format : formats()) {
    endings.insert(endings.end(), format.endings.begin(), format.endings.end());
  }
  return endings;
}

/// What was asked for, else what the file's name says, else JSON if everything shall be JSON.
/// @throws Error for a file whose name does not say what it shall hold.
const PictureFormat& format_of(const GraphOptions& options, const Context& context) {
  const std::string ending = std::filesystem::path(options.output).extension().string();
  for (const PictureFormat& format : formats()) {
    const bool fits =
        std::find(format.endings.begin(), format.endings.end(), ending) != format.endings.end();
    if (options.format.empty() ? fits : format.name == options.format) {
      return format;
    }
  }
  if (options.output.empty()) {
    return context.options().format == "json" ? formats().back() : formats().front();
  }
  throw Error(
      {.code = ErrorCode::Usage,
       .message = "cannot tell from the name of '" + options.output + "' what to draw",
       .notes = {"endings that tell are " + join(all_endings(), ", ")},
       .hint = "medusa migrations graph --format html --output " + shell_word(options.output)});
}

/// Before anything is looked up: the answer would be lost.
void refuse_unwritable(const std::filesystem::path& output) {
  const std::filesystem::path folder = std::filesystem::absolute(output).parent_path();
  if (!std::filesystem::is_directory(folder)) {
    throw Error({.code = ErrorCode::Usage,
                 .message = "cannot write '" + output.string() + "': there is no folder '" +
                            output.parent_path().string() + "'",
                 .hint = "mkdir -p " + shell_word(output.parent_path().string())});
  }
  if (std::filesystem::is_directory(output)) {
    throw Error({.code = ErrorCode::Usage,
                 .message = "cannot write '" + output.string() + "': it is a folder",
                 .hint = "medusa migrations graph --output " +
                         shell_word((output / "migrations.html").string())});
  }
}

PictureSubject subject_of(Context& context) {
  PictureSubject subject{.title = context.workspace().name,
                         .database = context.database().text(),
                         .root = context.workspace().root};
  for (const Member& member : context.workspace().members) {
    subject.members.push_back({.name = member.name, .version = member.version});
  }
  return subject;
}

int execute(Context& context, const GraphOptions& options) {
  if (!options.output.empty()) {
    refuse_unwritable(options.output);
  }
  const PictureFormat& format = format_of(options, context);
  const Catalog& catalog = context.catalog();
  const RecordedHistory past =
      Executor::read_recorded_history(context.database().url, context.schema(), RecordedSql::Skip);
  const UpgradeFacts facts = context.facts(
      past.history, Executor::source(context.database().url, context.executor_options()));
  const std::string drawn =
      format.draw(make_picture(subject_of(context), catalog, past.history, past.recordings, facts));
  if (options.output.empty()) {
    context.terminal().answer(drawn);
    return 0;
  }
  write_file(std::filesystem::absolute(options.output), drawn);
  context.terminal().status("Wrote", options.output);
  return 0;
}

}  // namespace

void add_graph(CLI::App& parent, CommandAction& chosen, GlobalOptions& global) {
  CLI::App* command =
      parent.add_subcommand("graph", "Draw all migrations: what stands before what, and why");
  const auto options = std::make_shared<GraphOptions>();
  // In the place of the program's own --format: `json` means the same in both.
  command
      ->add_option("--format",
                   options->format,
                   "dot, mermaid, svg, html or json; by the ending of FILE, else dot")
      ->check(CLI::IsMember({"dot", "mermaid", "svg", "html", "json"}).description(""))
      ->each([&global](const std::string& format) {
        global.format = format == "json" ? "json" : "text";
      })
      ->type_name("FORMAT");
  command->add_option("-o,--output", options->output, "Write it there, not to standard output")
      ->type_name("FILE");
  command->callback([&chosen, options] {
    chosen = [options](Context& context) { return execute(context, *options); };
  });
}

}  // namespace medusa
