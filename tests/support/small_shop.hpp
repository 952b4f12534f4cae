// SPDX-License-Identifier: MIT
// The smallest shop that migrates: a backend, a database, and the plugins that a test adds.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "medusa_program.hpp"
#include "temporary_workspace.hpp"

namespace medusa {

/// PATH without Node: what works with it did not start any.
[[nodiscard]] std::string path_without_node();

/// A TypeScript migration: a class with the statements of `up` and `down`, each of which becomes a
/// line `await queryRunner.query(...)`.
[[nodiscard]] std::string typescript_migration(const std::string& class_name,
                                               const std::vector<std::string>& up,
                                               const std::vector<std::string>& down = {});

/// An SQL migration.
[[nodiscard]] std::string sql_migration(std::string_view up, std::string_view down = {});

/// A small workspace whose medusa runs with `url` as DATABASE_URL.
class SmallShop : public TemporaryWorkspace {
 public:
  /// With no URL, the commands get none and are told that this is CI: no test starts a private
  /// server by mistake.
  explicit SmallShop(std::string url = {});

  /// Runs medusa in the shop; `environment` wins over the shop's URL.
  [[nodiscard]] Outcome medusa(const std::vector<std::string>& arguments,
                               const std::map<std::string, std::string>& environment = {}) const;

  /// `medusa migrations ACTION ...`
  [[nodiscard]] Outcome migrations(
      std::vector<std::string> arguments,
      const std::map<std::string, std::string>& environment = {}) const;

  /// Appends to medusa.toml.
  void configure(std::string_view toml) const;

  /// Folder of the plugin's sources and of its output, relative to the root; the plugin is added if
  /// it is not there.
  [[nodiscard]] std::filesystem::path source(const std::string& plugin,
                                             const std::string& file) const;
  [[nodiscard]] static std::filesystem::path built(const std::string& plugin,
                                                   const std::string& file);

  /// Writes a source file of the plugin, and the plugin with it.
  void add(const std::string& plugin, const std::string& file, std::string_view content) const;

  /// The environment that medusa gets.
  [[nodiscard]] std::map<std::string, std::string> environment(
      const std::map<std::string, std::string>& extra = {}) const;

 private:
  std::string url_;
};

}  // namespace medusa
