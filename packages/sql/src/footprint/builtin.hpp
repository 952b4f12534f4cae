// SPDX-License-Identifier: MIT
// What PostgreSQL brings along, and what comes with its extensions.
#pragma once

#include <optional>
#include <string_view>

namespace medusa {

/// A type of pg_catalog.
[[nodiscard]] bool is_builtin_type(std::string_view name);

enum class FunctionNature {
  Unknown,   ///< Not one of PostgreSQL's own.
  Harmless,  ///< Its result may vary (now(), random()), but it changes nothing that others see.
  Catalog,   ///< Answers from the catalog, so what others create changes the answer.
  Unsafe,    ///< PostgreSQL's own, and does what a footprint cannot say.
};

/// By name: a function of the user's own with the name of one of PostgreSQL's is taken for that.
[[nodiscard]] FunctionNature builtin_function(std::string_view name);

/// The extension that provides the type, function or operator class, by its usual name.
[[nodiscard]] std::optional<std::string_view> extension_of_type(std::string_view name);
[[nodiscard]] std::optional<std::string_view> extension_of_function(std::string_view name);
[[nodiscard]] std::optional<std::string_view> extension_of_operator_class(
    std::string_view name, std::string_view access_method);

}  // namespace medusa
