// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "aftermath.hpp"
#include "medusa_program.hpp"
#include "row_key.hpp"

namespace medusa::fault {

/// How a run that met a fault ended.
enum class End {
  Done,     ///< It says that everything is done: applied, or reverted.
  Nothing,  ///< It stopped or was killed, and nothing is done.
  Part,     ///< Some steps are.
  All,      ///< It did not say so, and everything is.
};

[[nodiscard]] End end_of(const Outcome& faulted, const Aftermath& after);

/// What is wrong with the run that met the fault: where what it says is not what the database has,
/// and where the database is in a state that it may never be in.
/// @param before the first run.
[[nodiscard]] std::vector<std::string> check_faulted(const RowKey& key,
                                                     const Outcome& faulted,
                                                     const Aftermath& before,
                                                     const Aftermath& after);

/// What is wrong after one more run.
/// @param expected what an undisturbed run leaves.
[[nodiscard]] std::vector<std::string> check_rerun(const Outcome& rerun,
                                                   const Aftermath& before,
                                                   const Aftermath& after,
                                                   const Aftermath& expected);

}  // namespace medusa::fault
