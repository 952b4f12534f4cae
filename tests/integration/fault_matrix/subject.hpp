// SPDX-License-Identifier: MIT
// What the faults befall: three migrations that are applied to a small database, or reverted.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "medusa/database/connection.hpp"

#include "code.hpp"
#include "small_shop.hpp"
#include "test_database.hpp"

namespace medusa::fault {

/// A built shop and a database, which is emptied for every run.
class Subject {
 public:
  /// @param mode as --transaction takes it.
  Subject(Code code, std::string mode, Direction direction);

  [[nodiscard]] Code code() const { return code_; }

  [[nodiscard]] Direction direction() const { return direction_; }

  /// Of the migrations, in the order in which they are applied.
  [[nodiscard]] static const std::vector<std::string>& names();

  [[nodiscard]] const SmallShop& shop() const { return shop_; }

  [[nodiscard]] const TestDatabase& database() const { return database_; }

  /// The test's own connection.
  [[nodiscard]] Connection& connection() { return connection_; }

  /// To be called when the server was started again.
  void reconnect() { connection_.reopen(); }

  /// The database as it is before the first step.
  void reset();

  /// Arguments of a run that has so many steps to do, and its environment through a proxy at this
  /// port, or directly.
  [[nodiscard]] std::vector<std::string> arguments(std::size_t steps) const;
  [[nodiscard]] std::map<std::string, std::string> environment(int port) const;
  [[nodiscard]] std::map<std::string, std::string> environment() const;

 private:
  Code code_;
  std::string mode_;
  Direction direction_;
  TestDatabase database_ = {};
  SmallShop shop_{};
  Connection connection_;
  std::string beginning_;  ///< Statements that make the database what it is before the first step.
};

}  // namespace medusa::fault
