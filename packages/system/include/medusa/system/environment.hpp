// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <optional>
#include <string>

namespace medusa {

/// Environment variables as a value: read once at start, handed down, made by hand in tests.
class Environment {
 public:
  Environment() = default;
  explicit Environment(std::map<std::string, std::string> variables);

  /// The variables of this process.
  [[nodiscard]] static Environment of_process();

  /// The variable's value; empty when it is not defined. Defined but empty is "".
  [[nodiscard]] std::optional<std::string> get(const std::string& name) const;

  [[nodiscard]] const std::map<std::string, std::string>& variables() const { return variables_; }

 private:
  std::map<std::string, std::string> variables_;
};

}  // namespace medusa
