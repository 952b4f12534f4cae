// SPDX-License-Identifier: MIT
#include "generated_shop.hpp"

namespace medusa {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kPerPlugin = 50;

}  // namespace

GeneratedShop::GeneratedShop(std::size_t migrations, MigrationLanguage language)
    : migrations_(migrations),
      language_(language),
      plugins_((migrations + kPerPlugin - 1) / kPerPlugin) {
  make_small_shop();
  for (std::size_t plugin = 0; plugin < plugins_; ++plugin) {
    add_plugin(plugin_name(plugin));
    write(fs::path("plugins") / plugin_name(plugin) / "src" / "columns.ts",
          migration_helper_source());
  }
  for (std::size_t number = 0; number < migrations_; ++number) {
    write(source(number), content(number));
  }
}

std::string GeneratedShop::plugin_name(std::size_t number) {
  return "plugin-" + std::to_string(number);
}

fs::path GeneratedShop::source(std::size_t number) const {
  return fs::path("plugins") / plugin_name(number % plugins_) / "src" / "migrations" /
         migration_file_name(number, language_);
}

std::string GeneratedShop::content(std::size_t number) const {
  return language_ == MigrationLanguage::Sql ? sql_migration_source(number, revision_)
                                             : migration_source(number, revision_);
}

void GeneratedShop::add_late_plugin() const {
  const std::string plugin = "plugin-late";
  add_plugin(plugin);
  for (std::size_t i = 0; i < kPerPlugin; ++i) {
    const std::size_t number = migrations_ + i;
    write(fs::path("plugins") / plugin / "src" / "migrations" / late_file_name(number),
          sql_migration_source(number));
  }
}

std::vector<fs::path> GeneratedShop::sources() const {
  std::vector<fs::path> sources;
  for (std::size_t number = 0; number < migrations_; ++number) {
    sources.push_back(root() / source(number));
  }
  return sources;
}

void GeneratedShop::forget_build() {
  const fs::path folder = root() / ".forgotten" / std::to_string(++forgotten_);
  fs::create_directories(folder);
  const auto forget = [&](const fs::path& path, const std::string& name) {
    if (exists(path)) {
      fs::rename(root() / path, folder / name);
    }
  };
  forget(".medusa", "medusa");
  for (std::size_t plugin = 0; plugin < plugins_; ++plugin) {
    const std::string name = plugin_name(plugin);
    forget(fs::path("plugins") / name / "dist", name);
  }
}

void GeneratedShop::edit_one() {
  ++revision_;
  const std::size_t number = migrations_ / 2;
  write(source(number), content(number));
}

}  // namespace medusa
