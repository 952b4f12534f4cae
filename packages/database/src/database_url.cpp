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
    throw refused(
        origin,
        text.empty() ? "it is empty" : "it is not a PostgreSQL URL: '" + mask_password(text) + "'",
        "it looks like " + std::string(kExample));
  }
  DatabaseUrl url;
  url.text_ = text;
  char* reason = nullptr;
  const std::unique_ptr<PQconninfoOption, void (*)(PQconninfoOption*)> options(
      PQconninfoParse(url.text_.c_str(), &reason), PQconninfoFree);
  const std::unique_ptr<char, void (*)(void*)> reason_owner(reason, PQfreemem);
  if (options == nullptr) {
    // libpq quotes the part it could not read, which may hold the password: show ours instead.
    throw refused(origin,
                  "libpq cannot read '" + url.masked() + "'",
                  "write special characters of user name and password percent-encoded, e.g. '@' as "
                  "%40 and '/' as %2F");
  }
  for (const PQconninfoOption* option = options.get(); option->keyword != nullptr; ++option) {
    const std::string_view keyword(option->keyword);
    const std::string value = option->val != nullptr ? option->val : "";
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
