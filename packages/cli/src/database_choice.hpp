// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "medusa/config/config.hpp"
#include "medusa/database/database_url.hpp"
#include "medusa/postgres/private_server.hpp"
#include "medusa/system/environment.hpp"

namespace medusa {

/// The database a command works on.
struct DatabaseChoice {
  DatabaseUrl url;
  bool is_private = false;  ///< The workspace's own server.

  /// For people: the masked URL, or what the private server is.
  [[nodiscard]] std::string text() const;
};

/// The workspace's own server, whether or not it is used.
[[nodiscard]] PrivateServer private_server(const Config& config, const Environment& environment);

/// Tells what is wrong with the choice without making it: before long work, like a build.
/// @throws Error as choose_database does for its configuration.
void check_database_choice(const Config& config, const Environment& environment);

/// The configured URL; without one the private server, which is started.
/// @throws Error with ErrorCode::Config if there is no URL and the environment says that this is
///   production or CI: there it must be chosen, not guessed.
[[nodiscard]] DatabaseChoice choose_database(const Config& config, const Environment& environment);

}  // namespace medusa
