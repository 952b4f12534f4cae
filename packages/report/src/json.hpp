// SPDX-License-Identifier: MIT
// The JSON of values that appear in more than one answer. Keys keep their order: the output is the
// same text for the same values.
#pragma once

#include <chrono>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "medusa/core/error.hpp"
#include "medusa/plan/plan.hpp"

namespace medusa {

using Json = nlohmann::ordered_json;

/// On one line. Bytes that are no UTF-8 (file names may have any) become U+FFFD.
[[nodiscard]] std::string one_line(const Json& json);

/// The text, or null if it is empty.
[[nodiscard]] Json text_or_null(std::string_view text);

template <typename T>
[[nodiscard]] Json value_or_null(const std::optional<T>& value) {
  return value.has_value() ? Json(*value) : Json(nullptr);
}

/// {code, message, file, line, column, notes, hint, sqlstate}; null for what is unknown.
[[nodiscard]] Json diagnostic_json(const Diagnostic& diagnostic);

/// {"type":"warning", ...diagnostic}.
[[nodiscard]] Json warning_json(const Json& diagnostic);

/// [{after, why, what, file, line}].
[[nodiscard]] Json causes_json(const std::vector<StepCause>& causes);

/// [{code, position, migration, table, rows, bytes, lock, work, asked, message, safer, file,
/// line}].
[[nodiscard]] Json hazards_json(const Plan& plan);

/// {direction, mode, groups, warnings, hazards}.
[[nodiscard]] Json plan_json(const Plan& plan);

/// How far a migration came that did not come to its end: {direction, done, open, upgrade,
/// command, edited}; null for others.
[[nodiscard]] Json begun_json(const std::optional<BegunMigration>& begun);

/// Milliseconds with three decimals.
[[nodiscard]] double milliseconds(std::chrono::microseconds duration);

}  // namespace medusa
