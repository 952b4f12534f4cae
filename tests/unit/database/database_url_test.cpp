// SPDX-License-Identifier: MIT
#include "medusa/database/database_url.hpp"

#include <vector>

#include <catch2/catch.hpp>

#include "medusa/core/error.hpp"

namespace medusa {

namespace {

using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;
using Variables = std::map<std::string, std::string>;

DatabaseUrl url(std::string_view text) {
  return DatabaseUrl::parse(text, "a test");
}

/// Everything that a person would be shown of the refusal.
std::string refusal_of(std::string_view text) {
  try {
    static_cast<void>(DatabaseUrl::parse(text, "DATABASE_URL"));
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::Config);
    std::string shown = error.first().message + '\n' + error.first().hint;
    for (const std::string& note : error.first().notes) {
      shown += '\n' + note;
    }
    return shown;
  }
  FAIL("not refused: " << text);
  return {};
}

}  // namespace

TEST_CASE("both schemes of PostgreSQL are taken", "[database]") {
  for (const char* text : {"postgres://shop:secret@db.example:5433/store",
                           "postgresql://shop:secret@db.example:5433/store"}) {
    const DatabaseUrl parsed = url(text);
    CHECK(parsed.with_password() == text);
    CHECK(parsed.database() == "store");
    CHECK(parsed.host() == "db.example");
    CHECK(parsed.user() == "shop");
    CHECK(parsed.password() == "secret");
  }
}

TEST_CASE("libpq's own connection strings are taken", "[database]") {
  const DatabaseUrl parsed = url("host=/run/pg dbname='my shop' user=u password='se cret'");
  CHECK(parsed.host() == "/run/pg");
  CHECK(parsed.database() == "my shop");
  CHECK(parsed.user() == "u");
  CHECK(parsed.password() == "se cret");
}

TEST_CASE("white space around the text does not matter", "[database]") {
  CHECK(url("  postgres://h/db\n").with_password() == "postgres://h/db");
}

TEST_CASE("percent-encoded parts are decoded", "[database]") {
  const DatabaseUrl parsed = url("postgres://a%40b:p%2Fq%40r@h/d%20b?host=%2Frun");
  CHECK(parsed.user() == "a@b");
  CHECK(parsed.password() == "p/q@r");
  CHECK(parsed.database() == "d b");
  CHECK(parsed.host() == "/run");
}

TEST_CASE("what a URL leaves out is empty", "[database]") {
  const DatabaseUrl parsed = url("postgresql:///");
  CHECK(parsed.database().empty());
  CHECK(parsed.host().empty());
  CHECK(parsed.user().empty());
  CHECK(parsed.password().empty());
  CHECK(parsed.environment().empty());
}

TEST_CASE("a URL is also libpq's environment variables", "[database]") {
  CHECK(url("postgres://u:p@h:5433/d?sslmode=require&application_name=x").environment() ==
        Variables{{"PGHOST", "h"},
                  {"PGPORT", "5433"},
                  {"PGUSER", "u"},
                  {"PGPASSWORD", "p"},
                  {"PGDATABASE", "d"},
                  {"PGSSLMODE", "require"},
                  {"PGAPPNAME", "x"}});
}

TEST_CASE("the masked URL is all but the password", "[database]") {
  CHECK(url("postgres://u:secret@h:5433/d?sslmode=require").masked() ==
        "postgres://u:***@h:5433/d?sslmode=require");
  CHECK(url("host=h user=u password=secret").masked() == "host=h user=u password=***");
}

TEST_CASE("a PostgreSQL database may have the name of an SQLite file", "[database]") {
  CHECK(url("postgres://h/shop.db").database() == "shop.db");
  CHECK(url("postgres://h/shop.sqlite").database() == "shop.sqlite");
  CHECK(url("host=h dbname=shop.db").database() == "shop.db");
}

TEST_CASE("SQLite is refused with an explanation", "[database]") {
  for (const char* text : {"sqlite://medusa-db.sql",
                           "sqlite:./medusa.sqlite",
                           "SQLITE://x",
                           "sqlite3:x",
                           "./medusa-db.sqlite",
                           "medusa.db",
                           "/var/lib/medusa.sqlite",
                           ":memory:",
                           "sqlite://h/x?mode=memory"}) {
    CAPTURE(text);
    CHECK_THAT(refusal_of(text),
               Contains("do not work with SQLite") && Contains("postgresql://") &&
                   Contains("DATABASE_URL"));
  }
}

TEST_CASE("an empty URL is refused as empty", "[database]") {
  CHECK_THAT(refusal_of(""), Contains("it is empty"));
  CHECK_THAT(refusal_of(" \n"), Contains("it is empty"));
}

TEST_CASE("other databases and other texts are refused", "[database]") {
  for (const char* text :
       {"mysql://u@h/db", "mongodb://h/db", "http://h/db", "jdbc:postgresql://h/db"}) {
    CAPTURE(text);
    CHECK_THAT(refusal_of(text), Contains("not a PostgreSQL URL") && Contains(text));
  }
  // What is no URL may be a password.
  for (const char* text : {"shophost", "h:5432/db", "hunter2"}) {
    CAPTURE(text);
    CHECK_THAT(refusal_of(text), Contains("not a PostgreSQL URL") && !Contains(text));
  }
}

TEST_CASE("a URL that libpq cannot read is refused, whatever is wrong with it", "[database]") {
  for (const char* text : {"postgres://u@h/db?nonsense=1",
                           "postgres://u@[::1/db",
                           "postgres://%zz@h/db",
                           "postgres:h/db",
                           "host=h nonsense=1",
                           "host='never closed"}) {
    CAPTURE(text);
    CHECK_THAT(refusal_of(text), Contains("libpq cannot read"));
  }
}

TEST_CASE("a refusal never shows the password", "[database]") {
  for (const char* text : {"mysql://u:hunter2@h/db",
                           "postgres://u:hunter2@h/db?nonsense=1",
                           "postgres://u:hun%zter2@h/db",
                           "postgres://u:hunter2@[::1/db",
                           "postgres:u:hunter2@h/db",
                           "postgres:/u:hunter2@h/db",
                           "postgres//u:hunter2@h/db",
                           "u:hunter2@h/db",
                           "POSTGRES://u:hunter2@h/db",
                           "host=h password=hunter2 nonsense=1",
                           "host=h password='hunter2",
                           "host=h PASSWORD=hunter2",
                           "mysql:host=h;password=hunter2",
                           "postgres://h/db?nonsense=1&password=hunter2",
                           "Server=h;Password=hunter2;"}) {
    const std::string shown = refusal_of(text);
    CAPTURE(text, shown);
    CHECK(shown.find("hunter2") == std::string::npos);
    CHECK(shown.find("zter2") == std::string::npos);
  }
}

TEST_CASE("a password that is not percent-encoded is refused and not shown", "[database]") {
  for (const char* text : {"postgres://u:hunter2@secret@h/db",
                           "postgres://u:hunter2/secret@h/db",
                           "postgres://u:hunter2@x/secret@h/db",
                           "postgres://u:hunter2@x/secret@h/db?sslmode=require",
                           "postgres://u:1234/secret@h/db",
                           "postgres://u:hunter2/db"}) {
    const std::string shown = refusal_of(text);
    CAPTURE(text, shown);
    CHECK(shown.find("hunter2") == std::string::npos);
    CHECK(shown.find("secret") == std::string::npos);
    CHECK(shown.find("1234") == std::string::npos);
    CHECK_THAT(shown, Contains("%40"));
  }
  CHECK(url("postgres://u:p@h:1,i:2/db?application_name=a@b").database() == "db");
}

}  // namespace medusa
