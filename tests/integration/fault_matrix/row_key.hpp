// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "code.hpp"
#include "fault.hpp"

namespace medusa::fault {

/// Which row of the matrix.
struct RowKey {
  Code code = Code::Lowered;
  std::string mode = {};
  Fault fault = Fault::LoseMessage;
  Coverage coverage = Coverage::Every;

  [[nodiscard]] bool operator==(const RowKey&) const = default;
};

/// The rows, in the order of the table. The tests are made from them, and the table is held against
/// them.
[[nodiscard]] const std::vector<RowKey>& all_rows();

}  // namespace medusa::fault
