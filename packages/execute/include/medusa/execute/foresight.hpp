// SPDX-License-Identifier: MIT
// Which way guarded programs will take on one database: a migration that asks "is there a table x"
// has a program for either answer, and the database can be asked before anything runs.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "medusa/execute/executor.hpp"
#include "medusa/plan/plan.hpp"

namespace medusa {

/// One question of a lowered program, and what the database answers today.
struct ForeseenAnswer {
  LoweredStatement question = {};
  std::string text = {};            ///< For people: "is there a table review".
  std::optional<bool> answer = {};  ///< Absent: decided when it runs.
  /// Nothing of the plan runs before it that could change the answer. (Somebody else still could.)
  bool certain = false;
  std::string reason = {};  ///< Why it is not certain, or why there is no answer; empty if certain.
};

/// The questions on the way that the database leads through a step's program, in order. The way
/// ends with the first question that has no answer.
using ForeseenAnswers = std::vector<ForeseenAnswer>;

/// An index that an earlier CREATE INDEX CONCURRENTLY left behind unfinished (INVALID), under the
/// name of one that a step builds: it is dropped, and built again.
struct LeftoverIndex {
  std::size_t position = 0;  ///< Of the step, from 1.
  std::string index = {};    ///< As SQL, qualified if need be.
  std::string table = {};    ///< Likewise.
};

/// What is known of a plan beyond the plan.
struct Foresight {
  std::vector<ForeseenAnswers> steps = {};    ///< One for each step of the plan, in order; or none.
  std::vector<LeftoverIndex> leftovers = {};  ///< In order.

  /// Of the step at that position (from 1).
  [[nodiscard]] const ForeseenAnswers& of(std::size_t position) const;
};

/// Asks the database, in a read-only transaction, what the plan's lowered programs will ask it.
/// Only plain questions about information_schema are asked, and only those that nothing which runs
/// before them names the object of; and of indexes that are to be built concurrently, whether they
/// were left INVALID. A plan without either needs no connection.
/// @throws Error as load_lowering, and with ErrorCode::Database.
[[nodiscard]] Foresight foresee(const Plan& plan,
                                const DatabaseUrl& url,
                                const ExecutorOptions& options);

}  // namespace medusa
