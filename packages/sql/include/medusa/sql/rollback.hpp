// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace medusa {

/// What in `sql` a rollback could not undo, e.g. "CREATE INDEX CONCURRENTLY"; empty if there is
/// nothing. That is what PostgreSQL refuses to run in a transaction (its manual: "cannot be
/// executed inside a transaction block"), what begins or ends one, and what writes where no
/// transaction reaches (COPY ... TO a file or a program). What does not parse is empty too: the
/// server will say.
[[nodiscard]] std::string find_irreversible(std::string_view sql);

}  // namespace medusa
