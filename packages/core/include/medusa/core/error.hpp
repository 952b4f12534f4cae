// SPDX-License-Identifier: MIT
// The one error type. Foreign exceptions are translated where the foreign library is used; only
// the command line catches an Error, and it alone turns the code into an exit status.
#pragma once

#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "medusa/core/location.hpp"

namespace medusa {

/// What kind of thing went wrong. The names are stable: they appear in JSON output.
enum class ErrorCode {
  Usage,        ///< The command line itself.
  Config,       ///< medusa.toml or an environment variable.
  Workspace,    ///< Members: a missing folder, package.json, installed package.
  Build,        ///< Sources that do not compile or describe no valid migration.
  Host,         ///< Node is missing, died, hung or answered nonsense.
  Plan,         ///< The plan was refused: duplicate names, a cycle, a missing target.
  Database,     ///< Unreachable, refused, missing, read-only.
  Lock,         ///< Another run holds the lock and did not finish in time.
  Migration,    ///< A migration failed; what was rolled back is in the notes.
  Interrupted,  ///< SIGINT.
  Terminated,   ///< SIGTERM, or SIGHUP.
  Internal,     ///< A defect of ours.
};

/// Stable kebab-case name, e.g. "database".
[[nodiscard]] std::string_view to_string(ErrorCode code);

/// Process exit status of a failure; the table in README.md and PRODUCT's "Command line".
[[nodiscard]] int exit_code(ErrorCode code);

/// One problem as a value: what could not be done, where, why and what to do about it.
///
/// Messages start in lower case, have no final full stop and put the user's words in single
/// quotes. `hint` is one thing to do, ready to paste where it is a command.
struct Diagnostic {
  ErrorCode code = ErrorCode::Internal;
  std::string message = {};
  std::optional<Location> location = {};
  std::vector<std::string> notes = {};
  std::string hint = {};
  std::string sqlstate = {};  ///< If the database said it; the notes have it in words.
};

/// Thrown when an operation cannot do its job. Carries every problem found, at least one.
class Error final : public std::exception {
 public:
  explicit Error(Diagnostic diagnostic);
  /// @pre `diagnostics` is not empty.
  explicit Error(std::vector<Diagnostic> diagnostics);

  [[nodiscard]] const char* what() const noexcept override { return what_.c_str(); }

  [[nodiscard]] ErrorCode code() const noexcept { return diagnostics_.front().code; }

  [[nodiscard]] const Diagnostic& first() const noexcept { return diagnostics_.front(); }

  [[nodiscard]] const std::vector<Diagnostic>& diagnostics() const noexcept { return diagnostics_; }

 private:
  std::vector<Diagnostic> diagnostics_;
  std::string what_;
};

}  // namespace medusa
