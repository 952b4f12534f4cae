// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "aftermath.hpp"
#include "fault.hpp"
#include "row_key.hpp"
#include "subject.hpp"
#include "verdict.hpp"

namespace medusa::fault {

/// One row of the matrix: a plan, a mode and a fault, at each moment at which it can happen.
class MatrixRow {
 public:
  MatrixRow(Subject& subject, RowKey key);

  /// Runs everything; prints each point that fails, and how to run it alone.
  void run();

  [[nodiscard]] std::size_t points() const;

  [[nodiscard]] std::size_t failures() const { return failures_; }

  /// How often a faulted run ended so.
  [[nodiscard]] const std::map<End, std::size_t>& ends() const { return ends_; }

  /// Leaves the figures for the table in the folder MEDUSA_FAULT_MATRIX, if that is set.
  void publish() const;

 private:
  void observe();
  void run_point(const Moment& moment);
  [[nodiscard]] std::vector<std::string> problems_at(const Moment& moment);
  [[nodiscard]] Outcome run_again(std::size_t steps);
  [[nodiscard]] Outcome run_with_fault(const Moment& moment, std::vector<std::string>& problems);

  Subject& subject_;
  RowKey key_;
  std::vector<Moment> moments_ = {};
  Aftermath before_ = {};
  Aftermath expected_ = {};
  std::string dump_ = {};
  std::map<End, std::size_t> ends_ = {};
  std::size_t failures_ = 0;
};

}  // namespace medusa::fault
