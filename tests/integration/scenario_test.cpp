// SPDX-License-Identifier: MIT
// tests/scenarios: tiny workspaces and what medusa says about each. `applied/` is migrated first,
// then `now/` is laid over it. With MEDUSA_UPDATE_GOLDEN set, expected.txt is written anew.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <regex>
#include <set>
#include <vector>

#include <catch2/catch.hpp>

#include "medusa/core/text.hpp"
#include "medusa/system/files.hpp"

#include "medusa_program.hpp"
#include "small_shop.hpp"
#include "test_database.hpp"

using medusa::Outcome;
using medusa::SmallShop;
using medusa::TestDatabase;

namespace fs = std::filesystem;

namespace {

std::vector<fs::path> scenarios() {
  std::vector<fs::path> folders;
  for (const auto& entry : fs::directory_iterator(medusa::project_root() / "tests" / "scenarios")) {
    folders.push_back(entry.path());
  }
  std::sort(folders.begin(), folders.end());
  return folders;
}

/// Lays the files of one stage over the shop and removes those that removed.txt names; `core/`
/// holds built migrations of Medusa's own package.
void overlay(const SmallShop& shop, const fs::path& stage) {
  std::set<std::string> plugins;
  if (!fs::exists(stage)) {
    return;
  }
  for (const auto& entry : fs::recursive_directory_iterator(stage)) {
    const fs::path file = entry.path().lexically_relative(stage);
    if (entry.is_directory()) {
      if (file.parent_path() == "plugins" && !shop.exists(file / "package.json")) {
        shop.add_plugin(file.filename().string());
      }
      continue;
    }
    const std::string content = medusa::read_file(entry.path());
    if (file == "removed.txt") {
      for (const std::string_view gone : medusa::lines(content)) {
        fs::remove(shop.root() / gone);
      }
    } else if (file == "medusa.more.toml") {
      shop.configure(content);
    } else if (*file.begin() == "core") {
      shop.write("node_modules/@medusajs/medusa/dist/migrations" / file.filename(), content);
    } else {
      shop.write(file, content);
    }
  }
}

/// "in 12 ms" says how long it took, which nobody can foretell.
std::string without_durations(const std::string& text) {
  static const std::regex duration(" in [0-9.]+ (ms|s|µs)");
  return std::regex_replace(text, duration, "");
}

/// The output with what differs from run to run taken out.
std::string steady(std::string text, const SmallShop& shop) {
  const std::string root = shop.root().string() + '/';
  for (std::size_t at = text.find(root); at != std::string::npos; at = text.find(root, at)) {
    text.erase(at, root.size());
  }
  return without_durations(text);
}

std::string transcript(const SmallShop& shop, const std::vector<std::string>& arguments) {
  std::string text = "$ medusa";
  for (const std::string& argument : arguments) {
    text += ' ' + argument;
  }
  const Outcome outcome = shop.medusa(arguments);
  text += '\n' + steady(outcome.output, shop);
  const std::string talk = steady(outcome.errors, shop);
  if (!talk.empty()) {
    text += "(stderr)\n" + talk;
  }
  return text + "(exit " + std::to_string(outcome.exit_code) + ")\n";
}

}  // namespace

TEST_CASE("scenarios come out as their golden files say", "[scenario]") {
  REQUIRE(scenarios().size() >= 10);
  for (const fs::path& folder : scenarios()) {
    DYNAMIC_SECTION(folder.filename().string()) {
      const TestDatabase database;
      const SmallShop shop(database.url());
      if (fs::exists(folder / "applied")) {
        overlay(shop, folder / "applied");
        const Outcome first = shop.migrations({"run", "-q"});
        INFO(first.errors);
        REQUIRE(first.exit_code == 0);
      }
      overlay(shop, folder / "now");
      static_cast<void>(shop.medusa({"build", "-q"}));
      std::string actual = transcript(shop, {"migrations", "plan"});
      actual += '\n' + transcript(shop, {"migrations", "run", "-q"});
      actual += '\n' + transcript(shop, {"migrations", "show"});
      if (std::getenv("MEDUSA_UPDATE_GOLDEN") != nullptr) {
        medusa::write_file(folder / "expected.txt", actual);
      }
      CHECK(actual == medusa::read_file(folder / "expected.txt"));
    }
  }
}
