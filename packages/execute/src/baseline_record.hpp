// SPDX-License-Identifier: MIT
#pragma once

#include "medusa/database/run_lock.hpp"
#include "medusa/execute/executor.hpp"
#include "medusa/plan/plan.hpp"

#include "work_session.hpp"

namespace medusa {

/// Records all steps as applied, and runs none; one transaction. @throws Error if that was refused,
///   or if nobody knows whether it was committed.
void record_baseline(const Plan& plan,
                     WorkSession& session,
                     const RunLock& lock,
                     const ExecutorOptions& options);

}  // namespace medusa
