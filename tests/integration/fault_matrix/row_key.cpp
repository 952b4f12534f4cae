// SPDX-License-Identifier: MIT
#include "row_key.hpp"

namespace medusa::fault {

namespace {

struct Part {
  Code code;
  const char* mode;
  Coverage coverage;
};

/// What happens before the first migration is the same in all plans, and tried with one.
constexpr Part kParts[] = {{Code::Lowered, "all", Coverage::Every},
                           {Code::Lowered, "each", Coverage::Steps},
                           {Code::Lowered, "none", Coverage::Sends},
                           {Code::Concurrent, "all", Coverage::Sends},
                           {Code::Dynamic, "all", Coverage::HostSteps},
                           {Code::Dynamic, "each", Coverage::HostSteps},
                           {Code::Dynamic, "none", Coverage::HostSteps}};

std::vector<RowKey> make_rows() {
  std::vector<RowKey> rows;
  for (const Part& part : kParts) {
    for (const Fault fault : all_faults()) {
      if (fault != Fault::KillHost || part.code == Code::Dynamic) {
        rows.push_back({part.code, part.mode, fault, part.coverage});
      }
    }
  }
  return rows;
}

}  // namespace

const std::vector<RowKey>& all_rows() {
  static const std::vector<RowKey> rows = make_rows();
  return rows;
}

}  // namespace medusa::fault
