// SPDX-License-Identifier: MIT
#include "bench_database.hpp"

#include <stdexcept>
#include <string_view>
#include <utility>

#include "medusa/core/text.hpp"
#include "medusa/database/connection.hpp"

#include "medusa_program.hpp"
#include "postgres_fixture.hpp"

namespace medusa {

namespace {

std::vector<QueryResult> execute(const std::string& url, const std::string& sql) {
  Connection connection(DatabaseUrl::parse(url, "the benchmark"), {.application_name = "bench"});
  return connection.execute(sql);
}

}  // namespace

BenchDatabase::BenchDatabase(std::string name)
    : name_(std::move(name)),
      url_(PostgresFixture::shared().url(name_)) {}

void BenchDatabase::recreate() const {
  const std::string server = PostgresFixture::shared().url("postgres");
  execute(server, "DROP DATABASE IF EXISTS " + quote_identifier(name_) + " WITH (FORCE)");
  execute(server, "CREATE DATABASE " + quote_identifier(name_));
}

std::string BenchDatabase::dump(std::vector<std::string> flags) const {
  flags.push_back(url_);
  const Outcome outcome =
      run_program((PostgresFixture::shared().binaries() / "pg_dump").string(), "/", flags);
  if (outcome.exit_code != 0) {
    throw std::runtime_error("pg_dump: " + outcome.errors);
  }
  std::string text;
  for (const std::string_view line : lines(outcome.output)) {
    if (!line.starts_with('\\')) {  // \restrict and \unrestrict, with a random word
      text.append(line).append("\n");
    }
  }
  return text;
}

void BenchDatabase::require_rows(const std::string& table, std::size_t count) const {
  const std::vector<QueryResult> results =
      execute(url_, "SELECT count(*) FROM " + quote_identifier(table));
  const std::string found = results.at(0).rows.at(0).at(0).value_or("");
  if (found != std::to_string(count)) {
    throw std::runtime_error("'" + table + "' has " + found + " rows and should have " +
                             std::to_string(count));
  }
}

}  // namespace medusa
