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

  /// Sends a text, with parameters or without. Throws as Connection::execute.
  using Sender = std::function<std::vector<QueryResult>(
      const std::string& sql, const std::optional<std::vector<Parameter>>& parameters)>;

  /// @param listener may be empty.
  StepConnection(Sender sender, Listener listener);

  /// Sends on that connection, which must outlive it.
  explicit StepConnection(Connection& connection, Listener listener = {});

  /// Sends it. @throws as Connection::execute.
  std::vector<QueryResult> execute(const std::string& sql,
                                   const std::optional<std::vector<Parameter>>& parameters = {});
  std::vector<QueryResult> execute(const LoweredStatement& statement);

  /// Sends a yes/no question: whether it gives a row. Throws likewise.
  bool ask(const LoweredStatement& question);

 private:
  std::vector<QueryResult> execute(const LoweredStatement& statement,
                                   const std::optional<std::vector<Parameter>>& parameters);
  void tell(const LoweredStatement& statement, std::optional<bool> answer) const;

  Sender send_;
  Listener listener_;
};

}  // namespace medusa
