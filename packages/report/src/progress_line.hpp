// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

#include "medusa/report/look.hpp"

namespace medusa {

/// How far an upgrade is.
struct Progress {
  std::string_view verb = {};  ///< "Applying"
  std::size_t finished = 0;
  std::size_t position = 0;  ///< Of the step that runs.
  std::size_t total = 0;
  std::string_view what = {};    ///< The step's id.
  std::string_view detail = {};  ///< What its statement does, and
  std::string_view amount = {};  ///< how far it is with that; empty: not known.
  std::chrono::microseconds elapsed{0};
};

/// The time as it passes: tenths of a second from the start, so that the text keeps its width.
[[nodiscard]] std::string elapsed_text(std::chrono::microseconds elapsed);

/// "    Applying ━━━━━━━━╌╌╌╌ 41/79 core/AddX1234  1.2 s", narrower than the terminal: `what` is
/// shortened, then the detail left out, the amount and the bar. @pre look.columns > 0
[[nodiscard]] std::string progress_line(const Progress& progress, const Look& look);

}  // namespace medusa
