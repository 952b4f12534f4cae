// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "medusa/core/error.hpp"
#include "medusa/database/sql_error.hpp"
#include "medusa/plan/plan.hpp"

namespace medusa {

/// "cannot apply/revert member/name: <reason>", with ErrorCode::Migration and the step's file.
[[nodiscard]] Diagnostic step_failure(const PlanStep& step,
                                      Direction direction,
                                      const std::string& reason);

/// The server refused COMMIT, or what checks beforehand what COMMIT would: it does not say which
/// statement of which step is to blame.
[[nodiscard]] Diagnostic commit_failure(const PlanGroup& group,
                                        Direction direction,
                                        const SqlErrorFields& error);

/// Where in `statement` (bytes from its beginning) the error is, as far as that can be known: the
/// server's position, or the beginning of the one that failed of several.
[[nodiscard]] std::optional<std::size_t> offset_in(const std::string& statement,
                                                   const SqlErrorFields& error);

/// The server refused a statement of a step.
class StepRefusal final : public std::exception {
 public:
  StepRefusal(Diagnostic diagnostic, std::string_view sqlstate)
      : diagnostic_(std::move(diagnostic)),
        sqlstate_(sqlstate) {}

  [[nodiscard]] const char* what() const noexcept override { return diagnostic_.message.c_str(); }

  [[nodiscard]] const Diagnostic& diagnostic() const noexcept { return diagnostic_; }

  [[nodiscard]] const std::string& sqlstate() const noexcept { return sqlstate_; }

 private:
  Diagnostic diagnostic_;
  std::string sqlstate_;
};

/// Adds what the server said about `statement`: SQLSTATE, its line with a caret, detail and hint.
void describe_sql_error(Diagnostic& diagnostic,
                        const SqlErrorFields& error,
                        const std::string& statement);

}  // namespace medusa
