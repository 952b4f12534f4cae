// SPDX-License-Identifier: MIT
#pragma once

#include "medusa/plan/plan.hpp"

namespace medusa {

/// The same steps in one transaction that can be rolled back.
/// @throws Error with ErrorCode::Plan naming each migration that cannot be: it opts out of
///   transactions, or sends what PostgreSQL does not do in one.
[[nodiscard]] Plan in_one_transaction(Plan plan);

}  // namespace medusa
