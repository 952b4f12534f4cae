// SPDX-License-Identifier: MIT
// How load_workspace finds the members. It goes on after a problem, so that all are reported.
#pragma once

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "medusa/config/config.hpp"
#include "medusa/core/error.hpp"
#include "medusa/workspace/workspace.hpp"

#include "package_json.hpp"

namespace medusa {

/// One search. Use once.
class Discovery {
 public:
  explicit Discovery(const Config& config);

  /// @throws Error with ErrorCode::Workspace carrying every problem found.
  [[nodiscard]] Workspace run();

 private:
  /// A member with what messages need to know about it.
  struct Found {
    Member member = {};
    std::optional<Location> location = {};  ///< The entry that brought it in.
  };

  /// Runs one step of the search and keeps what it throws.
  template <typename Step>
  void attempt(const Step& step);
  void find_backend();
  void find_core();
  void check_core_version(const std::filesystem::path& folder, const PackageJson& package);
  void find_plugin(const MemberEntry& entry);
  void find_matches(const MemberEntry& entry);
  void find_installed(const MemberEntry& entry);
  void find_module(const MemberEntry& entry);
  void add_module(const MemberEntry& entry, const std::filesystem::path& folder);
  void add_folder(const MemberEntry& entry, const std::filesystem::path& folder);
  void add_match(const MemberEntry& entry, const std::filesystem::path& folder);
  void add_member(const std::filesystem::path& folder,
                  const PackageJson& package,
                  Role role,
                  const std::optional<Location>& location);
  void check_names();
  [[nodiscard]] bool is_installed(const std::filesystem::path& folder) const;
  [[nodiscard]] std::string backend_elsewhere() const;
  [[nodiscard]] std::vector<std::string> known_plugin_names() const;
  [[nodiscard]] std::string shown(const std::filesystem::path& path) const;
  [[nodiscard]] std::string in_backend(const std::string& command) const;
  void add_problem(const std::optional<Location>& location,
                   std::string message,
                   std::vector<std::string> notes,
                   std::string hint);

  const Config& config_;
  std::filesystem::path root_;
  std::filesystem::path backend_;  ///< Canonical if it exists.
  std::optional<PackageJson> backend_package_ = {};
  std::vector<Found> found_;              ///< In Medusa's order.
  std::set<std::filesystem::path> seen_;  ///< Folders of core, plugins and modules so far.
  std::vector<Diagnostic> problems_;
  std::vector<Diagnostic> warnings_;
};

}  // namespace medusa
