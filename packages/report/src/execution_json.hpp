// SPDX-License-Identifier: MIT
#pragma once

#include "json.hpp"
#include "medusa/execute/event.hpp"

namespace medusa {

/// The event as README.md of this package documents it.
[[nodiscard]] Json event_json(const ExecutionEvent& event);

}  // namespace medusa
