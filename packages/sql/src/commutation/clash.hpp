// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "medusa/sql/footprint.hpp"

#include "commutation/clash_rules.hpp"

namespace medusa {

/// Why the two effects, of two migrations, may not change places; empty if they may. kOfFirst and
/// kOfSecond stand for the migrations of `a` and `b`.
[[nodiscard]] std::string clash(const Effect& a, const Effect& b, const ClashContext& context);

}  // namespace medusa
