// SPDX-License-Identifier: MIT
#include "row_key.hpp"

namespace medusa::fault {

namespace {

struct Part {
  Code code;
  const char* mode;
  Coverage coverage;
  Way way = Way::Direct;
  Direction direction = Direction::Up;
};

/// What happens before the first migration is the same in all plans, and tried with one.
constexpr Part kParts[] = {
    {Code::Lowered, "all", Coverage::Every},
    {Code::Lowered, "each", Coverage::Steps},
    {Code::Lowered, "none", Coverage::Sends},
    {Code::Concurrent, "all", Coverage::Sends},
    {Code::Dynamic, "all", Coverage::HostSteps},
    {Code::Dynamic, "each", Coverage::HostSteps},
    {Code::Dynamic, "none", Coverage::HostSteps},
    {Code::Lowered, "all", Coverage::Steps, Way::Pooled},
    {Code::Concurrent, "all", Coverage::Sends, Way::Pooled},
    {Code::Lowered, "all", Coverage::Steps, Way::Direct, Direction::Down},
    {Code::Lowered, "none", Coverage::Sends, Way::Direct, Direction::Down},
    {Code::Concurrent, "all", Coverage::Sends, Way::Direct, Direction::Down},
    {Code::Dynamic, "all", Coverage::HostSteps, Way::Direct, Direction::Down}};

bool is_in_matrix(const Part& part, Fault fault) {
  if (part.way == Way::Pooled) {
    // Whose backend it is changes there, and a stopped server keeps the pooler busy for seconds.
    return fault == Fault::LoseMessage || fault == Fault::LoseAnswer || fault == Fault::KillProgram;
  }
  return fault != Fault::KillHost || part.code == Code::Dynamic;
}

std::vector<RowKey> make_rows() {
  std::vector<RowKey> rows;
  for (const Part& part : kParts) {
    for (const Fault fault : all_faults()) {
      if (is_in_matrix(part, fault)) {
        rows.push_back({part.code, part.mode, fault, part.coverage, part.way, part.direction});
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
