// SPDX-License-Identifier: MIT
#pragma once

#include <sys/types.h>
#include <vector>

namespace medusa::fault {

/// Direct children of a process that run (none that has ended and only waits to be reaped).
[[nodiscard]] std::vector<pid_t> children_of(pid_t process);

/// Kills them with SIGKILL and waits until they are gone. @throws std::logic_error if there are
/// none.
void kill_children_of(pid_t process);

/// Whether such a process runs.
[[nodiscard]] bool is_running(pid_t process);

}  // namespace medusa::fault
