// SPDX-License-Identifier: MIT
// Programs that do the same work, run in turn so that a busy machine is equally busy for all.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "measurement.hpp"

namespace medusa {

/// What came out for one contender.
struct Contender {
  std::string name = {};
  std::vector<Run> rounds = {};  ///< In the order of the rounds.
  ProcessMemory memory = {};     ///< Of a run that is not among them.

  [[nodiscard]] std::chrono::microseconds median() const;
  [[nodiscard]] std::chrono::microseconds least() const;
  [[nodiscard]] std::chrono::microseconds most() const;
};

struct Comparison {
  std::vector<Contender> contenders = {};  ///< Ours first.

  /// How many times as long as `to` the contender `of` takes: the median of what that is in each
  /// round.
  [[nodiscard]] double ratio(std::size_t of, std::size_t to) const;

  /// A line for each contender, with its time in ours.
  [[nodiscard]] std::string table() const;
};

/// Runs each work once without counting it (its memory is looked at meanwhile), then `rounds` times
/// all in turn, each round beginning with another one. `scratch` is a folder for their output.
/// @throws std::exception if a command fails.
[[nodiscard]] Comparison compare(const std::vector<Work>& works,
                                 std::size_t rounds,
                                 const std::filesystem::path& scratch);

/// "12.3", of milliseconds.
[[nodiscard]] std::string milliseconds(std::chrono::microseconds time);

/// "12.3"; "-" for nothing.
[[nodiscard]] std::string mebibytes(std::size_t bytes);

}  // namespace medusa
