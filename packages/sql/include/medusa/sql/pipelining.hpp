// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace medusa {

/// Whether the text can be sent among others without waiting for its result: one statement, which
/// neither copies from or to the client (libpq's pipeline mode has no COPY) nor begins or ends a
/// transaction. False for anything that is not certain.
/// https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-EXT-QUERY
[[nodiscard]] bool can_be_pipelined(std::string_view sql);

}  // namespace medusa
