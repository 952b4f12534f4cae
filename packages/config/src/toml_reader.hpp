// SPDX-License-Identifier: MIT
// The one place that knows toml++: typed values out of one file, and every problem with its place.
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// toml++ 3.3 asserts what a broken file can break ("[,a]"), and where assertions are off it lets
// some compilers assume it. The code behind its assertions reports these files properly, so they
// go.
#pragma push_macro("NDEBUG")
#undef NDEBUG
#define TOML_ASSERT(expr) static_assert(true)
#include <toml++/toml.h>
#pragma pop_macro("NDEBUG")

#include "medusa/config/config.hpp"
#include "medusa/core/error.hpp"

namespace medusa {

/// A string of an array, with its own place.
struct PlacedText {
  std::string text = {};
  Location location = {};
};

/// Reads values by section and key. A value that is absent or has a problem reads as empty; the
/// problems are kept and thrown together at the end.
class TomlReader {
 public:
  /// @throws Error with ErrorCode::Config if the text is not TOML.
  TomlReader(std::string_view text, std::filesystem::path file);

  /// Notes a problem for every table and key that config_keys() does not list.
  void check_keys();

  [[nodiscard]] std::optional<Setting<std::string>> string(std::string_view section,
                                                           std::string_view key);
  [[nodiscard]] std::optional<Setting<std::vector<PlacedText>>> strings(std::string_view section,
                                                                        std::string_view key);
  [[nodiscard]] std::optional<Setting<std::chrono::seconds>> duration(std::string_view section,
                                                                      std::string_view key,
                                                                      std::chrono::seconds least);
  [[nodiscard]] std::map<std::string, Setting<FlagValue>> flags(std::string_view section);

  /// All keys of a section whose values are strings.
  [[nodiscard]] std::map<std::string, Setting<std::string>> strings_by_name(
      std::string_view section);

  /// Each table in the section is a subject; its arrays `after` and `before` name whom it follows
  /// and precedes.
  [[nodiscard]] std::vector<OrderDeclaration> order(std::string_view section);

  void add_problem(std::optional<Location> location, std::string message, std::string hint = {});

  /// @throws Error with all problems, sorted by place, if there are any.
  void throw_problems();

 private:
  [[nodiscard]] const toml::table* section_table(std::string_view section) const;
  [[nodiscard]] std::optional<toml::table::const_iterator> find(std::string_view section,
                                                                std::string_view key) const;
  [[nodiscard]] Location locate(const toml::source_position& position) const;
  [[nodiscard]] Origin origin_of(const toml::key& key) const;
  void add_wrong_type(const std::string& name,
                      std::string_view expected,
                      const toml::node& found,
                      std::string hint);
  void add_unknown_key(std::string_view section, const toml::key& key);
  void add_order(const std::string& name,
                 const std::string& subject,
                 const toml::node& node,
                 std::vector<OrderDeclaration>& to);
  [[nodiscard]] std::optional<std::string> text_value(const std::string& name,
                                                      const toml::node& node,
                                                      const std::string& hint);
  [[nodiscard]] std::optional<std::vector<PlacedText>> text_values(const std::string& name,
                                                                   const toml::node& node,
                                                                   const std::string& hint);
  [[nodiscard]] std::optional<FlagValue> flag_value(const std::string& name,
                                                    const toml::node& node);

  std::filesystem::path file_;
  std::vector<std::string> lines_;
  toml::table document_;
  std::vector<Diagnostic> problems_;
};

}  // namespace medusa
