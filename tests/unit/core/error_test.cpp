// SPDX-License-Identifier: MIT
#include "medusa/core/error.hpp"

#include <set>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

namespace medusa {

namespace {

struct Row {
  ErrorCode code = ErrorCode::Internal;
  std::string_view name = {};
  int exit_code = 0;
};

const std::vector<Row> kTable{{ErrorCode::Usage, "usage", 2},
                              {ErrorCode::Config, "config", 3},
                              {ErrorCode::Workspace, "workspace", 3},
                              {ErrorCode::Build, "build", 4},
                              {ErrorCode::Host, "host", 4},
                              {ErrorCode::Plan, "plan", 5},
                              {ErrorCode::Database, "database", 6},
                              {ErrorCode::Lock, "lock", 6},
                              {ErrorCode::Migration, "migration", 7},
                              {ErrorCode::Interrupted, "interrupted", 130},
                              {ErrorCode::Terminated, "terminated", 143},
                              {ErrorCode::Internal, "internal", 70}};

}  // namespace

TEST_CASE("every error code has its documented name and exit status", "[core]") {
  for (const Row& row : kTable) {
    CHECK(to_string(row.code) == row.name);
    CHECK(exit_code(row.code) == row.exit_code);
  }
}

TEST_CASE("the table above leaves no error code out", "[core]") {
  std::set<ErrorCode> listed;
  for (const Row& row : kTable) {
    listed.insert(row.code);
  }
  CHECK(listed.size() == static_cast<std::size_t>(ErrorCode::Internal) + 1);
}

TEST_CASE("an error is known by its first diagnostic and carries all", "[core]") {
  const Error error(std::vector<Diagnostic>{{.code = ErrorCode::Plan, .message = "one"},
                                            {.code = ErrorCode::Build, .message = "two"}});
  CHECK(error.code() == ErrorCode::Plan);
  CHECK(error.first().message == "one");
  CHECK(std::string(error.what()) == "one");
  CHECK(error.diagnostics().size() == 2);
}

TEST_CASE("an error made of no diagnostics is an internal one", "[core]") {
  const Error error(std::vector<Diagnostic>{});
  CHECK(error.code() == ErrorCode::Internal);
  CHECK(error.diagnostics().size() == 1);
}

}  // namespace medusa
