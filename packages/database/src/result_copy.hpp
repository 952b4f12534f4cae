// SPDX-License-Identifier: MIT
#pragma once

#include <libpq-fe.h>

#include "medusa/database/query_result.hpp"
#include "medusa/database/server_notice.hpp"
#include "medusa/database/sql_error.hpp"

namespace medusa {

/// libpq's result as ours.
[[nodiscard]] QueryResult copy_of(const PGresult* result);

/// All fields of the error that a result is.
[[nodiscard]] SqlErrorFields error_fields_of(const PGresult* result);

/// The notice that a result is.
[[nodiscard]] ServerNotice notice_of(const PGresult* result);

}  // namespace medusa
