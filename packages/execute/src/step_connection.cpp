// SPDX-License-Identifier: MIT
#include "step_connection.hpp"

#include <utility>

namespace medusa {

namespace {

/// bytea's hex format, which is what nearly all binary parameters are.
std::string hexadecimal(const std::string& bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text = "\\x";
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    text += kDigits[byte / 16];
    text += kDigits[byte % 16];
  }
  return text;
}

LoweredStatement statement_of(const std::string& sql,
                              const std::optional<std::vector<Parameter>>& parameters) {
  LoweredStatement statement{.sql = sql};
  if (parameters.has_value()) {
    auto& values = statement.parameters.emplace();
    for (const Parameter& parameter : *parameters) {
      values.push_back(parameter.is_binary && parameter.value.has_value()
                           ? hexadecimal(*parameter.value)
                           : parameter.value);
    }
  }
  return statement;
}

}  // namespace

std::optional<std::vector<Parameter>> parameters_of(const LoweredStatement& statement) {
  if (!statement.parameters.has_value()) {
    return std::nullopt;
  }
  return std::vector<Parameter>(statement.parameters->begin(), statement.parameters->end());
}

StepConnection::StepConnection(Sender sender, Listener listener)
    : send_(std::move(sender)),
      listener_(std::move(listener)) {}

StepConnection::StepConnection(Connection& connection, Listener listener)
    : StepConnection(
          [&connection](const std::string& sql,
                        const std::optional<std::vector<Parameter>>& parameters) {
            return parameters.has_value()
                       ? std::vector<QueryResult>{connection.execute(sql, *parameters)}
                       : connection.execute(sql);
          },
          std::move(listener)) {}

std::vector<QueryResult> StepConnection::execute(
    const std::string& sql, const std::optional<std::vector<Parameter>>& parameters) {
  if (!listener_) {
    return send_(sql, parameters);
  }
  return execute(statement_of(sql, parameters), parameters);
}

std::vector<QueryResult> StepConnection::execute(const LoweredStatement& statement) {
  return execute(statement, parameters_of(statement));
}

bool StepConnection::ask(const LoweredStatement& question) {
  bool yes = false;
  try {
    const std::vector<QueryResult> results = send_(question.sql, parameters_of(question));
    yes = !results.empty() && !results.back().rows.empty();
  } catch (...) {
    tell(question, std::nullopt);
    throw;
  }
  tell(question, yes);
  return yes;
}

std::vector<QueryResult> StepConnection::execute(
    const LoweredStatement& statement, const std::optional<std::vector<Parameter>>& parameters) {
  try {
    std::vector<QueryResult> results = send_(statement.sql, parameters);
    tell(statement, std::nullopt);
    return results;
  } catch (...) {
    tell(statement, std::nullopt);
    throw;
  }
}

void StepConnection::tell(const LoweredStatement& statement, std::optional<bool> answer) const {
  if (listener_) {
    listener_(statement, answer);
  }
}

}  // namespace medusa
