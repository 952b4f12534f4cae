// SPDX-License-Identifier: MIT
// Workspaces to run the program on, gone at the end of the test.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace medusa {

/// A folder below /tmp that is removed with this object.
class TemporaryWorkspace {
 public:
  /// An empty folder.
  TemporaryWorkspace();
  ~TemporaryWorkspace();
  TemporaryWorkspace(const TemporaryWorkspace&) = delete;
  TemporaryWorkspace& operator=(const TemporaryWorkspace&) = delete;
  TemporaryWorkspace(TemporaryWorkspace&&) = delete;
  TemporaryWorkspace& operator=(TemporaryWorkspace&&) = delete;

  [[nodiscard]] const std::filesystem::path& root() const { return root_; }

  /// Writes a file (relative to the root), with its folders.
  void write(const std::filesystem::path& path, std::string_view content) const;
  [[nodiscard]] std::string read(const std::filesystem::path& path) const;
  [[nodiscard]] bool exists(const std::filesystem::path& path) const;
  void remove(const std::filesystem::path& path) const;

  /// A copy of the example shop without build output. Its node_modules is a folder of links into
  /// the project's, but for the shop's own packages, which lead to the copies.
  void copy_example_shop() const;

  /// A backend and nothing else: a core package without migrations, and `node_modules` with the
  /// project's typeorm, pg and esbuild. Plugins go to plugins/NAME (see add_plugin).
  void make_small_shop() const;

  /// plugins/NAME with a package.json; migrations are written with write().
  void add_plugin(const std::string& name) const;

 private:
  void link_modules() const;

  std::filesystem::path root_;
};

}  // namespace medusa
