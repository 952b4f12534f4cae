// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "medusa/catalog/lowered.hpp"
#include "medusa/database/connection.hpp"

namespace medusa {

/// The statement's parameters as a connection takes them; none: the simple protocol.
[[nodiscard]] std::optional<std::vector<Parameter>> parameters_of(
    const LoweredStatement& statement);

/// The upgrade's connection as a step has it: everything that a migration sends goes through here,
/// and nothing else does.
class StepConnection {
 public:
  /// Told of each statement after it was sent, with the answer if it was a question.
  using Listener = std::function<void(const LoweredStatement&, std::optional<bool> answer)>;

  /// Called before each statement is sent; what it throws keeps it from being sent.
  using Guard = std::function<void()>;

  /// @param guard and @param listener may be empty.
  StepConnection(Connection& connection, Guard guard, Listener listener);

  /// Sends it. @throws as Connection::execute.
  std::vector<QueryResult> execute(const std::string& sql,
                                   const std::optional<std::vector<Parameter>>& parameters = {});
  std::vector<QueryResult> execute(const LoweredStatement& statement);

  /// Sends a yes/no question: whether it gives a row. Throws likewise.
  bool ask(const LoweredStatement& question);

 private:
  std::vector<QueryResult> execute(const LoweredStatement& statement,
                                   const std::optional<std::vector<Parameter>>& parameters);
  std::vector<QueryResult> send(const std::string& sql,
                                const std::optional<std::vector<Parameter>>& parameters);
  void tell(const LoweredStatement& statement, std::optional<bool> answer) const;

  Connection& connection_;
  Guard guard_;
  Listener listener_;
};

}  // namespace medusa
