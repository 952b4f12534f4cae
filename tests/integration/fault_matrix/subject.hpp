// SPDX-License-Identifier: MIT
// What the faults befall: a plan of three migrations on a small database, and what it must come to.
#pragma once

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
  Subject(Code code, std::string mode);

  [[nodiscard]] Code code() const { return code_; }

  [[nodiscard]] const std::string& mode() const { return mode_; }

  /// Of the migrations, in the order in which they are applied.
  [[nodiscard]] static const std::vector<std::string>& names();

  [[nodiscard]] const SmallShop& shop() const { return shop_; }

  [[nodiscard]] const TestDatabase& database() const { return database_; }

  /// The test's own connection.
  [[nodiscard]] Connection& connection() { return connection_; }

  /// To be called when the server was started again.
  void reconnect() { connection_.reopen(); }

  /// The database as it is before the first migration.
  void empty();

  /// Arguments and environment of a run through a proxy at this port, or directly.
  [[nodiscard]] std::vector<std::string> arguments() const;
  [[nodiscard]] std::map<std::string, std::string> environment(int port) const;
  [[nodiscard]] std::map<std::string, std::string> environment() const;

 private:
  Code code_;
  std::string mode_;
  TestDatabase database_ = {};
  SmallShop shop_{};
  Connection connection_;
};

}  // namespace medusa::fault
