// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "pg_query.pb-c.h"

namespace medusa {

/// The statement's kind, if PostgreSQL runs it in no transaction block; else empty. BEGIN and its
/// like are not among them.
[[nodiscard]] std::string outside_transaction(const PgQuery__Node& node);

}  // namespace medusa
