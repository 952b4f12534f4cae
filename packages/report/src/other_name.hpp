// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "medusa/plan/status.hpp"

#include "json.hpp"

namespace medusa {

/// What is to be said about a migration that seems to have been renamed; empty if it was not.
[[nodiscard]] std::string other_name_in_words(const StatusRow& row);

/// {name, same_sql}, or null.
[[nodiscard]] Json other_name_json(const StatusRow& row);

}  // namespace medusa
