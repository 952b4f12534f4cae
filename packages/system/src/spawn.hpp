// SPDX-License-Identifier: MIT
// The only place that forks: Boost.Process with the safety rules all our children share.
#pragma once

#include <boost/process/child.hpp>

#include "medusa/system/process.hpp"

namespace medusa {

/// Descriptors the child gets; -1 leaves it as ours.
struct ChildDescriptors {
  int standard_input = -1;
  int standard_output = -1;
  int standard_error = -1;
  int channel_in = -1;   ///< The child's descriptor 3.
  int channel_out = -1;  ///< The child's descriptor 4.
};

/// Whether the child shares our terminal's process group (and so its Ctrl-C).
enum class Group { Own, Ours };

/// Starts the command. The child has an empty signal mask, default SIGPIPE handling, dies when we
/// do, and in Group::Own is not reached by the terminal's signals: we decide when it ends.
/// @throws Error with ErrorCode::Host naming the program.
[[nodiscard]] boost::process::child spawn(const ProcessCommand& command,
                                          const ChildDescriptors& descriptors,
                                          Group group);

/// How a finished child ended. @pre `child.wait()` has returned.
[[nodiscard]] ProcessResult result_of(const boost::process::child& child);

}  // namespace medusa
