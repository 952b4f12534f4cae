// SPDX-License-Identifier: MIT
#include "medusa/postgres/binaries.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <functional>
#include <string>
#include <system_error>
#include <unistd.h>
#include <utility>
#include <vector>

#include "medusa/core/error.hpp"
#include "medusa/core/text.hpp"
#include "medusa/system/files.hpp"
#include "medusa/system/process.hpp"

namespace medusa {

namespace fs = std::filesystem;

namespace {

constexpr const char* kDebianRoot = "/usr/lib/postgresql";
constexpr const char* kInstallHint =
    "apt-get install postgresql (or name a database: set DATABASE_URL)";

std::optional<int> parse_number(std::string_view text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end == text.data() || number <= 0) {
    return std::nullopt;
  }
  return number;
}

bool has_programs(const fs::path& folder) {
  constexpr std::array<const char*, 3> kPrograms{"initdb", "postgres", "psql"};
  return std::all_of(kPrograms.begin(), kPrograms.end(), [&](const char* name) {
    return ::access((folder / name).c_str(), X_OK) == 0;
  });
}

/// The folder as binaries, asking its postgres for the version; nothing if it is not usable.
std::optional<PostgresBinaries> binaries_in(const fs::path& folder) {
  if (folder.empty() || !has_programs(folder)) {
    return std::nullopt;
  }
  const ProcessResult result = run_process({.program = folder / "postgres",
                                            .arguments = {"--version"},
                                            .environment = {{"LC_ALL", "C"}}});
  const std::optional<int> major = parse_postgres_version(result.output);
  if (!result.succeeded() || !major.has_value()) {
    return std::nullopt;
  }
  return PostgresBinaries{.folder = folder, .major = *major};
}

/// What Debian installs side by side, newest first. The folder's name is the version.
std::vector<PostgresBinaries> installed_by_distribution() {
  std::vector<PostgresBinaries> found;
  for (const std::string& name : list_names(kDebianRoot)) {
    const fs::path folder = fs::path(kDebianRoot) / name / "bin";
    const std::optional<int> major = parse_number(name);
    if (major.has_value() && has_programs(folder)) {
      found.push_back({.folder = folder, .major = *major});
    }
  }
  std::sort(found.begin(), found.end(), [](const auto& left, const auto& right) {
    return left.major > right.major;
  });
  return found;
}

std::optional<PostgresBinaries> named_by_pg_config(const Environment& environment) {
  const auto program = find_program("pg_config", environment);
  if (!program.has_value()) {
    return std::nullopt;
  }
  const ProcessResult result = run_process({.program = *program, .arguments = {"--bindir"}});
  return result.succeeded() ? binaries_in(fs::path(trim(result.output))) : std::nullopt;
}

std::optional<PostgresBinaries> beside_initdb_in_path(const Environment& environment) {
  const auto program = find_program("initdb", environment);
  if (!program.has_value()) {
    return std::nullopt;
  }
  std::error_code error;
  const fs::path real = fs::canonical(*program, error);
  return error ? std::nullopt : binaries_in(real.parent_path());
}

}  // namespace

PostgresBinaries find_postgres_binaries(const Environment& environment, std::optional<int> major) {
  if (const auto named = environment.get("PG_BINDIR"); named.has_value() && !named->empty()) {
    auto binaries = binaries_in(*named);
    if (!binaries.has_value()) {
      throw Error({.code = ErrorCode::Database,
                   .message = "PG_BINDIR names '" + *named +
                              "', which has no working initdb, postgres and psql",
                   .hint = "unset PG_BINDIR, or set it to what `pg_config --bindir` prints"});
    }
    return std::move(*binaries);
  }
  std::optional<PostgresBinaries> first;
  const auto take = [&](const PostgresBinaries& binaries) {
    first = first.value_or(binaries);
    return !major.has_value() || binaries.major == *major;
  };
  for (const PostgresBinaries& binaries : installed_by_distribution()) {
    if (take(binaries)) {
      return binaries;
    }
  }
  for (const auto& look : {named_by_pg_config, beside_initdb_in_path}) {
    const auto binaries = look(environment);
    if (binaries.has_value() && take(*binaries)) {
      return *binaries;
    }
  }
  if (!first.has_value()) {
    throw Error({.code = ErrorCode::Database,
                 .message = "no database is configured, and PostgreSQL is not installed to run "
                            "a private one",
                 .hint = kInstallHint});
  }
  return *first;
}

std::optional<int> parse_postgres_version(std::string_view text) {
  constexpr std::string_view kBefore = "(PostgreSQL) ";
  const std::size_t at = text.find(kBefore);
  return at == std::string_view::npos ? std::nullopt
                                      : parse_number(text.substr(at + kBefore.size()));
}

}  // namespace medusa
