// SPDX-License-Identifier: MIT
#include "medusa/workspace/migration_places.hpp"

#include <system_error>

namespace medusa {

namespace fs = std::filesystem;

namespace {

bool is_folder(const fs::path& path) {
  std::error_code error;
  return fs::is_directory(path, error);
}

/// Medusa reads `migrations` of a plugin's root if it exists and then looks no further.
Diagnostic shadowed_source(const Member& member, const fs::path& source) {
  return {.code = ErrorCode::Workspace,
          .message = "plugin '" + member.name +
                     "' has both 'src/migrations' and 'migrations': only 'migrations' is used",
          .location = Location{.file = source},
          .notes = {"Medusa reads the migrations of a plugin from 'migrations' in its root if that "
                    "exists, and then ignores 'dist/migrations'",
                    "'src/migrations' is therefore not built"},
          .hint = "rm -r '" + (member.root / "migrations").string() +
                  "' if its migrations are also in 'src/migrations'"};
}

}  // namespace

MigrationPlaces migration_places(const Member& member) {
  MigrationPlaces places;
  if (member.role == Role::Module) {
    places.collected = member.root;
    return places;
  }
  places.collected = member.root / "dist" / "migrations";
  const fs::path source = member.root / "src" / "migrations";
  if (!member.installed && is_folder(source)) {
    places.source = source;
  }
  const fs::path at_root = member.root / "migrations";
  if (member.role == Role::Plugin && is_folder(at_root)) {
    places.collected = at_root;
    if (places.source) {
      places.source.reset();
      places.warning = shadowed_source(member, source);
    }
  }
  // To Medusa the backend is a plugin whose root is `dist`: dist/migrations, then
  // dist/dist/migrations. What we build always goes to the first.
  const fs::path nested = member.root / "dist" / "dist" / "migrations";
  if (member.role == Role::Backend && !places.source && !is_folder(places.collected) &&
      is_folder(nested)) {
    places.collected = nested;
  }
  return places;
}

}  // namespace medusa
