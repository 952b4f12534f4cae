// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

#include "medusa/report/terminal.hpp"

namespace medusa {

/// Answers with the URL, which must be masked already: {"url":"..."} in JSON.
void render_database_url(std::string_view masked_url, Terminal& terminal);

}  // namespace medusa
