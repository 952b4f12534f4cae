// SPDX-License-Identifier: MIT
#pragma once

#include "medusa/execute/event.hpp"

#include "json.hpp"

namespace medusa {

/// The event as README.md of this package documents it.
[[nodiscard]] Json event_json(const ExecutionEvent& event);

}  // namespace medusa
