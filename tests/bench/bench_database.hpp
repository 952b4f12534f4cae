// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace medusa {

/// A database of PostgresFixture's server that can be made anew as often as a contender needs an
/// empty one. It does not exist before the first `recreate`.
class BenchDatabase {
 public:
  explicit BenchDatabase(std::string name);

  [[nodiscard]] const std::string& url() const { return url_; }

  [[nodiscard]] const std::string& name() const { return name_; }

  /// An empty database of that name, whatever was there before.
  void recreate() const;

  /// As pg_dump prints it with those flags, without the lines that differ each time.
  [[nodiscard]] std::string dump(std::vector<std::string> flags) const;

  /// @throws std::runtime_error if `table` has not exactly so many rows.
  void require_rows(const std::string& table, std::size_t count) const;

 private:
  std::string name_;
  std::string url_;
};

}  // namespace medusa
