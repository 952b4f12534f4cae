// SPDX-License-Identifier: MIT
#include "medusa/config/config_key.hpp"

#include <set>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "medusa/config/load.hpp"
#include "medusa/core/text.hpp"
#include "medusa/system/files.hpp"

#include "medusa_program.hpp"

namespace medusa {

namespace {

/// The rows of the manual's table, as they stand.
std::vector<std::string> documented_rows() {
  const std::string readme = read_file(project_root() / "packages/config/README.md");
  std::vector<std::string> rows;
  const std::size_t reference = readme.find("## Configuration reference");
  REQUIRE(reference != std::string::npos);
  for (const std::string_view line : lines(std::string_view(readme).substr(reference))) {
    if (line.starts_with("| `")) {
      rows.emplace_back(line);
    }
  }
  return rows;
}

std::string row(const ConfigKey& key) {
  const auto cell = [](std::string_view text) { return std::string(text) + " | "; };
  std::string text = "| `" + std::string(key.section) + '.' + std::string(key.key) + "` | " +
                     cell(key.type) + cell(key.default_value) + cell(key.description);
  text.pop_back();
  return text;
}

}  // namespace

TEST_CASE("the manual's table and config_keys say the same about every key", "[config]") {
  std::vector<std::string> expected;
  for (const ConfigKey& key : config_keys()) {
    expected.push_back(row(key));
  }
  CHECK(documented_rows() == expected);
}

TEST_CASE("every key has a type, a default and a description, and is listed once", "[config]") {
  std::set<std::string> names;
  for (const ConfigKey& key : config_keys()) {
    CAPTURE(key.section, key.key);
    CHECK_FALSE(key.type.empty());
    CHECK_FALSE(key.default_value.empty());
    CHECK_FALSE(key.description.empty());
    CHECK(names.insert(std::string(key.section) + '.' + std::string(key.key)).second);
  }
}

TEST_CASE("the documented defaults, written into the file, change nothing", "[config]") {
  std::string text;
  for (const ConfigKey& key : config_keys()) {
    if (key.default_value.starts_with('`')) {
      text += std::string(key.section) + '.' + std::string(key.key) + " = " +
              std::string(key.default_value.substr(1, key.default_value.size() - 2)) + '\n';
    }
  }
  CAPTURE(text);
  const Config written = parse_config(text, "/shop/medusa.toml");
  const Config silent = parse_config("", "/shop/medusa.toml");
  CHECK(written.workspace.backend.value == silent.workspace.backend.value);
  REQUIRE(written.workspace.plugins.value.size() == silent.workspace.plugins.value.size());
  CHECK(written.workspace.plugins.value[0].text == silent.workspace.plugins.value[0].text);
  CHECK(written.workspace.core.value == silent.workspace.core.value);
  CHECK(written.database.extensions.value == silent.database.extensions.value);
  CHECK(written.migrations.transaction.value == silent.migrations.transaction.value);
  CHECK(written.migrations.host_timeout.value == silent.migrations.host_timeout.value);
  CHECK(written.migrations.run_lock_timeout.value == silent.migrations.run_lock_timeout.value);
  CHECK(written.migrations.late.value == silent.migrations.late.value);
  CHECK(written.migrations.refuse_foreseen.value == silent.migrations.refuse_foreseen.value);
}

TEST_CASE("every listed key is read", "[config]") {
  // A key that nobody reads would accept any type.
  for (const ConfigKey& key : config_keys()) {
    CAPTURE(key.section, key.key);
    const std::string name = key.key == "<name>" ? "some_flag" : std::string(key.key);
    CHECK_THROWS_AS(
        parse_config('[' + std::string(key.section) + "]\n" + name + " = 1979-05-27", "m.toml"),
        Error);
  }
}

}  // namespace medusa
