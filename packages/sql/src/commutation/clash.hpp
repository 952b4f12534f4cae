// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "commutation/clash_rules.hpp"
#include "medusa/sql/footprint.hpp"

namespace medusa {

/// Why the two effects, of two migrations, may not change places; empty if they may.
[[nodiscard]] std::string clash(const Effect& a,
                                const Effect& b,
                                const ClashContext& context);

}  // namespace medusa
