// SPDX-License-Identifier: MIT
#include <algorithm>
#include <chrono>
#include <filesystem>
#include <memory>
#include <system_error>

#include "medusa/core/error.hpp"
#include "medusa/core/text.hpp"
#include "medusa/system/files.hpp"

#include "command.hpp"
#include "migration_template.hpp"

namespace medusa {

namespace {

namespace fs = std::filesystem;

struct CreateOptions {
  std::string name = {};
  std::string directory = "src/migrations";
  std::string language = "ts";
  std::int64_t timestamp = 0;
};

MigrationLanguage language_of(const std::string& text) {
  if (text == "sql") {
    return MigrationLanguage::Sql;
  }
  return text == "js" ? MigrationLanguage::JavaScript : MigrationLanguage::TypeScript;
}

std::int64_t now_in_milliseconds() {
  using namespace std::chrono;
  return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

/// The folder in front of the name may lead down only: what leads elsewhere is said with --dir.
void check_place(const fs::path& name) {
  const bool leads_up = std::find(name.begin(), name.end(), "..") != name.end();
  if (name.is_absolute() || leads_up) {
    throw Error({.code = ErrorCode::Usage,
                 .message = "the name '" + name.string() + "' leads out of this folder",
                 .hint = "name the folder on its own: -n " + shell_word(name.filename().string()) +
                         " --dir " + shell_word(name.parent_path().string())});
  }
}

fs::path real_path(const fs::path& path) {
  std::error_code error;
  fs::path real = fs::weakly_canonical(fs::absolute(path), error);
  return error ? path : real;
}

/// Says so if nothing will ever collect the new file. Without a workspace there is nobody to ask.
void warn_if_not_collected(Context& context, const fs::path& folder) {
  const fs::path real = real_path(folder / "");
  try {
    for (const Member& member : context.workspace().members) {
      if (!member.installed && real_path(member.root / "src" / "migrations" / "") == real) {
        return;
      }
    }
    const fs::path backend = context.workspace().backend().root.lexically_proximate(real_path("."));
    context.terminal().warn(
        "'" + folder.string() +
        "' is not src/migrations of a member, so no run will find the file; "
        "use e.g. --dir " +
        shell_word((backend / "src" / "migrations").lexically_normal().string()));
  } catch (const std::exception&) {
    return;  // a folder that is no workspace, or not yet
  }
}

int execute(Context& context, const CreateOptions& options) {
  // TypeORM before 0.3 took a path in -n, and Medusa's first manual says so.
  const fs::path name(options.name);
  check_place(name);
  const MigrationTemplate migration =
      make_migration(name.filename().string(),
                     options.timestamp > 0 ? options.timestamp : now_in_milliseconds(),
                     language_of(options.language));
  const fs::path folder = name.has_parent_path() ? name.parent_path() : fs::path(options.directory);
  const fs::path file = folder / migration.file;
  if (fs::exists(file)) {
    throw Error({.code = ErrorCode::Usage,
                 .message = "'" + file.string() + "' is there already",
                 .hint = "choose another name or --timestamp"});
  }
  write_file(fs::absolute(file), migration.content);
  if (context.terminal().format() == OutputFormat::Text) {
    context.terminal().status("Created", migration.class_name);
  }
  warn_if_not_collected(context, folder);
  context.terminal().answer(file.string());
  return 0;
}

}  // namespace

void add_create(CLI::App& parent, CommandAction& chosen) {
  CLI::App* command = parent.add_subcommand("create", "Write a new, empty migration");
  const auto options = std::make_shared<CreateOptions>();
  command->add_option("-n,--name", options->name, "Its name, e.g. UserChanged")
      ->required()
      ->type_name("NAME");
  command->add_option("--dir", options->directory, "Where; src/migrations by default")
      ->type_name("DIR");
  command->add_option("-l,--language", options->language, "ts (default), js or sql")
      ->check(CLI::IsMember({"ts", "js", "sql"}).description(""))
      ->type_name("LANGUAGE");
  command->add_option("--timestamp", options->timestamp, "Milliseconds since 1970; now by default")
      ->check(CLI::Range(std::int64_t{1000000000000}, std::int64_t{9999999999999}).description(""))
      ->type_name("MS");
  command->callback([&chosen, options] {
    chosen = [options](Context& context) { return execute(context, *options); };
  });
}

}  // namespace medusa
