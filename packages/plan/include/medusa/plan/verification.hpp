// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <vector>

#include "medusa/plan/status.hpp"

namespace medusa {

/// Whether what is applied is what is here.
struct Verification {
  std::vector<StatusRow> changed = {};  ///< In order of execution, as in the history.
  std::vector<StatusRow> missing = {};
  /// Neither applied nor not: what began, or began to be taken back, and did not end. Counted
  /// nowhere else.
  std::vector<StatusRow> failed = {};
  std::size_t applied = 0;  ///< The sum of everything else.
  std::size_t same = 0;
  std::size_t not_comparable = 0;  ///< Dynamic, and their package came built.
  std::size_t baseline = 0;        ///< Of all these: recorded as applied, and never ran here.
  std::size_t not_recorded = 0;    ///< Applied by Medusa's command line, or by an older version.

  [[nodiscard]] bool ok() const { return changed.empty() && missing.empty() && failed.empty(); }
};

/// @param rows make_status's; what is not applied does not count.
[[nodiscard]] Verification verify(const std::vector<StatusRow>& rows);

}  // namespace medusa
