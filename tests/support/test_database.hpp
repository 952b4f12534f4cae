// SPDX-License-Identifier: MIT
// A database of one test, and how to look into it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace medusa {

/// An empty database of PostgresFixture's server.
class TestDatabase {
 public:
  TestDatabase();

  [[nodiscard]] const std::string& name() const { return name_; }

  [[nodiscard]] const std::string& url() const { return url_; }

  /// URL of the same database for another role.
  [[nodiscard]] std::string url_of(const std::string& user, const std::string& password) const;

  /// Runs SQL and throws what it gives away.
  void execute(std::string_view sql) const;

  /// First value of the first row; "" for NULL or no row.
  [[nodiscard]] std::string value(std::string_view sql) const;

  /// First value of every row.
  [[nodiscard]] std::vector<std::string> column(std::string_view sql) const;

  /// Names in the migrations table, in the order of execution; empty if there is no table.
  [[nodiscard]] std::vector<std::string> applied() const;

  /// Whether there is such a relation, e.g. "a" or "shop.a".
  [[nodiscard]] bool has_relation(const std::string& name) const;

  /// pg_dump's text, schema and data. Without the positions of sequences: nothing rolls those back.
  /// @param flags more arguments for it.
  [[nodiscard]] std::string dump(const std::vector<std::string>& flags = {}) const;

  /// The same without the tables in which we record upgrades: what TypeORM would leave.
  [[nodiscard]] std::string dump_without_record() const;

 private:
  std::string name_;
  std::string url_;
};

}  // namespace medusa
