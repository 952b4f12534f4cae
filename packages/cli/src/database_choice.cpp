// SPDX-License-Identifier: MIT
#include "database_choice.hpp"

#include "medusa/core/error.hpp"

namespace medusa {

namespace {

void refuse_in_production(const Environment& environment) {
  const std::string ci = environment.get("CI").value_or("");
  const bool in_ci = !ci.empty() && ci != "false" && ci != "0";
  const bool in_production = environment.get("NODE_ENV") == "production";
  if (in_ci || in_production) {
    throw Error({.code = ErrorCode::Config,
                 .message = "no database is configured",
                 .notes = {"the private PostgreSQL is for development; " +
                           (in_ci ? "CI=" + ci : std::string("NODE_ENV=production")) +
                           " says that this is something else"},
                 .hint = "set DATABASE_URL, e.g. "
                         "DATABASE_URL=postgresql://user:password@localhost:5432/medusa"});
  }
}

}  // namespace

std::string DatabaseChoice::text() const {
  return is_private ? "the workspace's own PostgreSQL (.medusa/postgres)" : url.masked();
}

PrivateServer private_server(const Config& config, const Environment& environment) {
  return PrivateServer({.home = config.root / ".medusa" / "postgres", .environment = environment});
}

void check_database_choice(const Config& config, const Environment& environment) {
  if (config.database.url.has_value()) {
    static_cast<void>(
        DatabaseUrl::parse(config.database.url->value, to_string(config.database.url->origin)));
  } else {
    refuse_in_production(environment);
  }
}

DatabaseChoice choose_database(const Config& config, const Environment& environment) {
  if (config.database.url.has_value()) {
    return {.url = DatabaseUrl::parse(config.database.url->value,
                                      to_string(config.database.url->origin))};
  }
  refuse_in_production(environment);
  const SocketAddress address = private_server(config, environment).ensure_started();
  return {.url = DatabaseUrl::parse(address.url(), "the private server"), .is_private = true};
}

}  // namespace medusa
