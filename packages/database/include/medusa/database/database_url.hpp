// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace medusa {

/// Where the database is and how to log in. The full text holds a password, so it is only reachable
/// through functions whose names say so; everything printed uses `masked()`.
class DatabaseUrl {
 public:
  /// Takes `postgres://`, `postgresql://` URLs and libpq's `key=value` strings. `origin` says where
  /// the text came from ("DATABASE_URL", "medusa.toml:7") and appears in errors.
  /// @throws Error with ErrorCode::Config for anything else; `sqlite:` and other databases get an
  ///   explanation.
  [[nodiscard]] static DatabaseUrl parse(std::string_view text, std::string_view origin);

  /// The text as given, password included: for the connection itself and `medusa database url`.
  [[nodiscard]] const std::string& with_password() const { return text_; }

  /// The text with its password replaced: for people.
  [[nodiscard]] std::string masked() const;

  /// The same facts as libpq's environment variables (PGHOST, PGPASSWORD, ...): for programs like
  /// psql, whose arguments everybody on the machine can read.
  [[nodiscard]] const std::map<std::string, std::string>& environment() const {
    return environment_;
  }

  /// Name of the database it points to, and its user and host, as libpq understands them.
  [[nodiscard]] const std::string& database() const { return database_; }

  [[nodiscard]] const std::string& host() const { return host_; }

  [[nodiscard]] const std::string& user() const { return user_; }

  /// The password, empty when there is none: to keep it out of texts that others wrote.
  [[nodiscard]] const std::string& password() const { return password_; }

 private:
  DatabaseUrl() = default;

  std::string text_;
  std::string database_;
  std::string host_;
  std::string user_;
  std::string password_;
  std::map<std::string, std::string> environment_;
};

}  // namespace medusa
