// SPDX-License-Identifier: MIT
#include "medusa/database/database_url.hpp"

#include <algorithm>
#include <cctype>
#include <libpq-fe.h>
#include <memory>

#include "medusa/core/error.hpp"
#include "medusa/core/secret.hpp"
#include "medusa/core/text.hpp"

namespace medusa {

namespace {

std::string scheme_of(std::string_view text) {
  std::string scheme;
  for (const char c : text.substr(0, text.find(':'))) {
    scheme += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return text.find(':') == std::string_view::npos ? std::string{} : scheme;
}

Error refused(std::string_view origin, std::string message, std::string hint) {
  return Error(
      {.code = ErrorCode::Config,
       .message = "cannot use the database URL from " + std::string(origin) + ": " + message,
       .hint = std::move(hint)});
}

/// Whether a user name or password has an '@', '/' or '?' in it that is not percent-encoded. libpq
/// would take a part of the password for a host, a port or a database, and quote it in its errors.
bool has_stray_at(std::string_view text) {
  const std::size_t scheme = text.find("://");
  if (scheme == std::string_view::npos) {
    return false;
  }
  const std::string_view rest = text.substr(scheme + 3);
  const std::string_view before_query = rest.substr(0, rest.find('?'));
  const std::size_t last = before_query.rfind('@');
  return last != std::string_view::npos &&
         (last != before_query.find('@') || last > before_query.find('/'));
}

/// As libpq takes it: one number, or one for each host.
bool is_port(std::string_view text) {
  return text.find_first_not_of("0123456789,") == std::string_view::npos;
}

/// A text that is no URL is not repeated: it may be the password alone.
std::string not_postgres(std::string_view text) {
  if (text.empty()) {
    return "it is empty";
  }
  return text.find("://") == std::string_view::npos
             ? "it is not a PostgreSQL URL: it does not begin with postgresql://"
             : "it is not a PostgreSQL URL: '" + mask_password(text) + "'";
}

constexpr std::string_view kEncodeHint =
    "write special characters of user name and password percent-encoded, e.g. '@' as %40 and '/' "
    "as %2F";

constexpr std::string_view kExample = "postgresql://user:password@localhost:5432/medusa";

}  // namespace

DatabaseUrl DatabaseUrl::parse(std::string_view text, std::string_view origin) {
  text = trim(text);
  const std::string scheme = scheme_of(text);
  const bool key_value =
      text.find("://") == std::string_view::npos && text.find('=') != std::string_view::npos;
  const bool postgres = scheme == "postgres" || scheme == "postgresql" || key_value;
  if (scheme == "sqlite" || scheme == "sqlite3" ||
      (!postgres && (text.ends_with(".sqlite") || text.ends_with(".db") || text == ":memory:"))) {
    throw refused(origin,
                  "migrations need PostgreSQL; Medusa's migrations do not work with SQLite",
                  "set it to a PostgreSQL URL such as " + std::string(kExample));
  }
  if (!postgres) {
    throw refused(origin, not_postgres(text), "it looks like " + std::string(kExample));
  }
  DatabaseUrl url;
  url.text_ = text;
  char* reason = nullptr;
  const std::unique_ptr<PQconninfoOption, void (*)(PQconninfoOption*)> options(
      PQconninfoParse(url.text_.c_str(), &reason), PQconninfoFree);
  const std::unique_ptr<char, void (*)(void*)> reason_owner(reason, PQfreemem);
  if (options == nullptr) {
    // libpq quotes the part it could not read, which may hold the password: show ours instead.
    throw refused(origin, "libpq cannot read '" + url.masked() + "'", std::string(kEncodeHint));
  }
  if (has_stray_at(url.text_)) {
    throw refused(origin,
                  "'" + url.masked() + "' has an '@' that does not end the password",
                  std::string(kEncodeHint));
  }
  for (const PQconninfoOption* option = options.get(); option->keyword != nullptr; ++option) {
    const std::string_view keyword(option->keyword);
    const std::string value = option->val != nullptr ? option->val : "";
    if (!key_value && keyword == "port" && !is_port(value)) {
      throw refused(
          origin, "the port in '" + url.masked() + "' is not a number", std::string(kEncodeHint));
    }
    if (!value.empty() && option->envvar != nullptr) {
      url.environment_[option->envvar] = value;
    }
    if (keyword == "dbname") {
      url.database_ = value;
    } else if (keyword == "host") {
      url.host_ = value;
    } else if (keyword == "user") {
      url.user_ = value;
    } else if (keyword == "password") {
      url.password_ = value;
    }
  }
  return url;
}

std::string DatabaseUrl::masked() const {
  return mask_password(text_);
}

}  // namespace medusa
