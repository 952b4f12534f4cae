// SPDX-License-Identifier: MIT
// A workspace with a CMakeLists.txt that calls medusa_add_workspace().
#pragma once

#include <string>
#include <vector>

#include "medusa_program.hpp"
#include "temporary_workspace.hpp"

namespace medusa {

/// An empty folder but for its CMakeLists.txt. A PostgreSQL of the workspace is stopped with it.
class CMakeShop : public TemporaryWorkspace {
 public:
  /// `arguments` are further ones of medusa_add_workspace.
  explicit CMakeShop(const std::string& arguments = {});
  ~CMakeShop();
  CMakeShop(const CMakeShop&) = delete;
  CMakeShop& operator=(const CMakeShop&) = delete;
  CMakeShop(CMakeShop&&) = delete;
  CMakeShop& operator=(CMakeShop&&) = delete;

  /// Configures into the folder `build`.
  void configure(const std::string& generator) const;

  [[nodiscard]] Outcome target(const std::string& name) const;

  /// Builds the target, which must succeed; everything it printed.
  [[nodiscard]] std::string build(const std::string& name) const;

  [[nodiscard]] static Outcome cmake(const std::vector<std::string>& arguments);
};

}  // namespace medusa
