// SPDX-License-Identifier: MIT
#include "test_database.hpp"

#include <stdexcept>

#include "medusa/core/text.hpp"
#include "medusa/database/connection.hpp"

#include "medusa_program.hpp"
#include "postgres_fixture.hpp"

namespace medusa {

namespace {

std::vector<std::vector<std::optional<std::string>>> rows_of(const std::string& url,
                                                             std::string_view sql) {
  Connection connection(DatabaseUrl::parse(url, "the test"), {.application_name = "test"});
  return connection.execute(sql, {}).rows;
}

}  // namespace

TestDatabase::TestDatabase()
    : name_(PostgresFixture::shared().create_database()),
      url_(PostgresFixture::shared().url(name_)) {}

std::string TestDatabase::url_of(const std::string& user, const std::string& password) const {
  const std::size_t begin = url_.find("://") + 3;
  return url_.substr(0, begin) + user + ':' + password + url_.substr(url_.find('@'));
}

void TestDatabase::execute(std::string_view sql) const {
  Connection connection(DatabaseUrl::parse(url_, "the test"), {.application_name = "test"});
  connection.execute(sql);
}

std::string TestDatabase::value(std::string_view sql) const {
  const auto rows = rows_of(url_, sql);
  return rows.empty() ? std::string{} : rows.front().at(0).value_or("");
}

std::vector<std::string> TestDatabase::column(std::string_view sql) const {
  std::vector<std::string> values;
  for (const auto& row : rows_of(url_, sql)) {
    values.push_back(row.at(0).value_or(""));
  }
  return values;
}

std::vector<std::string> TestDatabase::applied() const {
  return has_relation("migrations") ? column("SELECT name FROM migrations ORDER BY id")
                                    : std::vector<std::string>{};
}

bool TestDatabase::has_relation(const std::string& name) const {
  return value("SELECT to_regclass(" + quote_literal(name) + ") IS NOT NULL") == "t";
}

std::string TestDatabase::dump_without_record() const {
  return dump({"--exclude-table=medusa_upgrade",
               "--exclude-table=medusa_migration",
               "--exclude-table=medusa_journal"});
}

std::string TestDatabase::dump(const std::vector<std::string>& flags) const {
  std::vector<std::string> arguments{"--dbname", url_};
  arguments.insert(arguments.end(), flags.begin(), flags.end());
  const Outcome outcome =
      run_program((PostgresFixture::shared().binaries() / "pg_dump").string(), "/", arguments);
  if (outcome.exit_code != 0) {
    throw std::runtime_error("pg_dump: " + outcome.errors);
  }
  std::string text;
  for (const std::string_view line : lines(outcome.output)) {
    // Newer versions of pg_dump put a random key into \restrict.
    if (!line.starts_with("\\restrict") && !line.starts_with("\\unrestrict") &&
        line.find("pg_catalog.setval(") == std::string_view::npos) {
      text.append(line).append("\n");
    }
  }
  return text;
}

}  // namespace medusa
