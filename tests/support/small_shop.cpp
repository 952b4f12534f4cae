// SPDX-License-Identifier: MIT
#include "small_shop.hpp"

#include <utility>

namespace medusa {

namespace fs = std::filesystem;

namespace {

std::string method(const char* name, const std::vector<std::string>& statements) {
  std::string text = std::string("  public async ") + name + "(queryRunner: QueryRunner) {\n";
  for (const std::string& statement : statements) {
    text += "    await queryRunner.query(`" + statement + "`)\n";
  }
  return text + "  }\n";
}

}  // namespace

std::string path_without_node() {
  return "/nonexistent";
}

std::string typescript_migration(const std::string& class_name,
                                 const std::vector<std::string>& up,
                                 const std::vector<std::string>& down) {
  return "import type { MigrationInterface, QueryRunner } from \"typeorm\"\n\nexport class " +
         class_name + " implements MigrationInterface {\n" + method("up", up) + "\n" +
         method("down", down) + "}\n";
}

std::string sql_migration(std::string_view up, std::string_view down) {
  return "-- migrate:up\n" + std::string(up) + "\n\n-- migrate:down\n" + std::string(down) + "\n";
}

SmallShop::SmallShop(std::string url) : url_(std::move(url)) {
  make_small_shop();
}

Outcome SmallShop::medusa(const std::vector<std::string>& arguments,
                          const std::map<std::string, std::string>& environment) const {
  return run_medusa(root(), arguments, this->environment(environment));
}

Outcome SmallShop::migrations(std::vector<std::string> arguments,
                              const std::map<std::string, std::string>& environment) const {
  arguments.insert(arguments.begin(), "migrations");
  return medusa(arguments, environment);
}

void SmallShop::configure(std::string_view toml) const {
  write("medusa.toml", read("medusa.toml") + "\n" + std::string(toml));
}

fs::path SmallShop::source(const std::string& plugin, const std::string& file) const {
  const fs::path folder = fs::path("plugins") / plugin;
  if (!exists(folder / "package.json")) {
    add_plugin(plugin);
  }
  return folder / "src" / "migrations" / file;
}

fs::path SmallShop::built(const std::string& plugin, const std::string& file) {
  return fs::path("plugins") / plugin / "dist" / "migrations" / file;
}

void SmallShop::add(const std::string& plugin,
                    const std::string& file,
                    std::string_view content) const {
  write(source(plugin, file), content);
}

std::map<std::string, std::string> SmallShop::environment(
    const std::map<std::string, std::string>& extra) const {
  std::map<std::string, std::string> result = extra;
  if (url_.empty()) {
    result.emplace("CI", "true");
  } else {
    result.emplace("DATABASE_URL", url_);
  }
  return result;
}

}  // namespace medusa
