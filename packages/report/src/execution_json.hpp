// SPDX-License-Identifier: MIT
#pragma once

#include "medusa/execute/event.hpp"

#include "json.hpp"

namespace medusa {

/// [{pid, application, address, state, query, transaction_ms, query_ms}].
[[nodiscard]] Json blockers_json(const Blockage& blockage);

/// The event as README.md of this package documents it.
[[nodiscard]] Json event_json(const ExecutionEvent& event);

}  // namespace medusa
