// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "code.hpp"
#include "fault.hpp"

namespace medusa::fault {

/// What is between the program and the server, behind the proxy that disturbs them.
enum class Way {
  Direct,
  Pooled,  ///< PgBouncer in transaction mode.
};

/// Which row of the matrix.
struct RowKey {
  Code code = Code::Lowered;
  std::string mode = {};
  Fault fault = Fault::LoseMessage;
  Coverage coverage = Coverage::Every;
  Way way = Way::Direct;
  Direction direction = Direction::Up;

  [[nodiscard]] bool operator==(const RowKey&) const = default;
};

/// The rows, in the order of the table. The tests are made from them, and the table is held against
/// them.
[[nodiscard]] const std::vector<RowKey>& all_rows();

}  // namespace medusa::fault
