// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>

#include "pg_query.pb-c.h"

namespace medusa {

using ParseTree = std::unique_ptr<PgQuery__ParseResult, void (*)(PgQuery__ParseResult*)>;

/// PostgreSQL's parse tree of the statements. @throws Error with ErrorCode::Build and a Location.
[[nodiscard]] ParseTree parse(const std::string& sql);

}  // namespace medusa
