// SPDX-License-Identifier: MIT
// A workspace of any number of generated migrations, gone with this object.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "migration_source.hpp"
#include "temporary_workspace.hpp"

namespace medusa {

/// Plugins with fifty migrations each, and a backend without any.
class GeneratedShop : public TemporaryWorkspace {
 public:
  explicit GeneratedShop(std::size_t migrations,
                         MigrationLanguage language = MigrationLanguage::TypeScript);

  [[nodiscard]] std::size_t plugins() const { return plugins_; }

  /// Every migration's source, absolute.
  [[nodiscard]] std::vector<std::filesystem::path> sources() const;

  /// Moves away everything that was built. It is not deleted: ext4 is slow for a minute at making
  /// files where many have just been deleted, and that is nobody's time but the benchmark's.
  void forget_build();

  /// Adds one more plugin, of fifty SQL migrations older than all others; they refer to tables of
  /// each other and of the newest.
  void add_late_plugin() const;

  /// Gives one migration another content than it ever had.
  void edit_one();

 private:
  [[nodiscard]] std::filesystem::path source(std::size_t number) const;
  [[nodiscard]] std::string content(std::size_t number) const;
  static std::string plugin_name(std::size_t number);

  std::size_t migrations_;
  MigrationLanguage language_;
  std::size_t plugins_;
  std::size_t revision_ = 0;
  std::size_t forgotten_ = 0;
};

}  // namespace medusa
