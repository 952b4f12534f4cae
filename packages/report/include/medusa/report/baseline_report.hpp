// SPDX-License-Identifier: MIT
#pragma once

#include "medusa/plan/baseline.hpp"
#include "medusa/report/terminal.hpp"

namespace medusa {

/// Tells, beforehand, which migrations the live schema says too little about; and what differs, if
/// that was accepted. In JSON warnings.
void render_baseline_doubts(const Baseline& baseline, Terminal& terminal);

/// Lists, before a person is asked, what would be recorded.
void render_baseline_steps(const Plan& plan, Terminal& terminal);

/// Answers `migrations baseline`: what was recorded; in JSON one event.
void render_baseline(const Baseline& baseline, Terminal& terminal);

}  // namespace medusa
