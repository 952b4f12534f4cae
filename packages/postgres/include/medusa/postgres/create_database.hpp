// SPDX-License-Identifier: MIT
#pragma once

#include "medusa/postgres/binaries.hpp"
#include "medusa/postgres/socket_address.hpp"

namespace medusa {

/// Creates `address.database` on the running server if it is not there. Two callers at once need a
/// lock around it.
/// @pre The name is made of a-z, 0-9 and _: it is a constant of ours, never a user's text.
/// @throws Error with ErrorCode::Database and what psql said.
void create_database(const PostgresBinaries& binaries, const SocketAddress& address);

}  // namespace medusa
