// SPDX-License-Identifier: MIT
#include "medusa/postgres/create_database.hpp"

#include <string>
#include <string_view>

#include "medusa/core/error.hpp"
#include "medusa/system/process.hpp"

#include "printed_lines.hpp"

namespace medusa {

void create_database(const PostgresBinaries& binaries, const SocketAddress& address) {
  constexpr std::string_view kAllowed = "abcdefghijklmnopqrstuvwxyz0123456789_";
  const std::string& name = address.database;
  if (name.empty() || name.find_first_not_of(kAllowed) != std::string::npos) {
    throw Error({.message = "'" + name + "' is not a name for a database of ours"});
  }
  const ProcessResult result = run_process(
      {.program = binaries.program("psql"),
       .arguments = {"-X",
                     "-q",
                     "-v",
                     "ON_ERROR_STOP=1",
                     "-h",
                     address.folder.string(),
                     "-p",
                     std::to_string(SocketAddress::kPort),
                     "-U",
                     SocketAddress::kUser,
                     "-d",
                     "postgres"},
       .environment = {{"LC_ALL", "C"}, {"LANGUAGE", ""}, {"PGOPTIONS", ""}},
       .input = "SELECT 'CREATE DATABASE \"" + name +
                "\"' WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_database WHERE datname = '" +
                name + "')\n\\gexec\n"});
  if (!result.succeeded()) {
    throw Error({.code = ErrorCode::Database,
                 .message = "cannot create database '" + name + "' on the private PostgreSQL",
                 .notes = last_lines("psql", result.output)});
  }
}

}  // namespace medusa
