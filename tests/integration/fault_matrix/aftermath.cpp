// SPDX-License-Identifier: MIT
#include "aftermath.hpp"

#include <algorithm>
#include <stdexcept>

#include "running_program.hpp"
#include "shape.hpp"

namespace medusa::fault {

namespace {

std::vector<std::string> column(Connection& connection, const std::string& sql) {
  std::vector<std::string> values;
  for (const auto& row : connection.execute(sql, {}).rows) {
    values.push_back(row.at(0).value_or("NULL"));
  }
  return values;
}

void wait_for_backends(Connection& connection) {
  const bool gone = eventually([&] {
    return connection
        .execute(
            "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND "
            "application_name LIKE 'medusa%'",
            {})
        .rows.empty();
  });
  if (!gone) {
    throw std::runtime_error("a backend of the run stays");
  }
}

bool has_table(Connection& connection, const std::string& name) {
  return !connection.execute("SELECT 1 WHERE to_regclass($1::text) IS NOT NULL", {name})
              .rows.empty();
}

std::vector<UpgradeRow> upgrades_in(Connection& connection, Direction direction) {
  std::vector<UpgradeRow> rows;
  for (const auto& row :
       connection
           .execute("SELECT outcome, finished_at IS NOT NULL FROM medusa_upgrade WHERE direction = "
                    "$1 ORDER BY id",
                    {std::string(direction == Direction::Up ? "up" : "down")})
           .rows) {
    rows.push_back({.outcome = row.at(0).value_or(""), .finished = row.at(1) == "t"});
  }
  return rows;
}

}  // namespace

Aftermath Aftermath::read(Subject& subject) {
  Connection& connection = subject.connection();
  wait_for_backends(connection);
  Aftermath found{
      .effects = column(connection, "SELECT step || ' ' || seen FROM effects ORDER BY 1"),
      .invalid = column(connection,
                        "SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid OR "
                        "NOT indisready"),
      .shape = shape_of(connection)};
  if (has_table(connection, "migrations")) {
    found.applied = column(connection, "SELECT name FROM migrations ORDER BY id");
  }
  if (has_table(connection, "medusa_upgrade")) {
    found.upgrades = upgrades_in(connection, subject.direction());
    found.recorded = column(connection,
                            "SELECT m.name FROM medusa_migration m JOIN medusa_upgrade u ON u.id = "
                            "m.upgrade_id JOIN migrations h ON h.id = m.migration_id AND h.name = "
                            "m.name ORDER BY m.migration_id");
  }
  const std::size_t total = Subject::names().size();
  found.ended = subject.direction() == Direction::Up
                    ? found.applied.size()
                    : total - std::min(total, found.applied.size());
  return found;
}

}  // namespace medusa::fault
