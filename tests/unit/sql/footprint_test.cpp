// SPDX-License-Identifier: MIT
// Each file of footprints/*.sql is one migration; beside it stands what its statements do. After a
// change that is meant, MEDUSA_UPDATE_FOOTPRINTS=1 writes the expectations anew: read the diff.
#include "medusa/sql/footprint.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <vector>

#include <catch2/catch.hpp>

#include "medusa/sql/statement.hpp"

#include "footprint_text.hpp"
#include "medusa_program.hpp"

using namespace medusa;
namespace fs = std::filesystem;

namespace {

std::string content_of(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::ostringstream content;
  content << stream.rdbuf();
  return content.str();
}

std::string described(const std::string& sql) {
  const std::vector<Statement> statements = split_statements(sql);
  FootprintReader reader;
  const std::vector<StatementFootprint> footprints = reader.read(sql);
  REQUIRE(footprints.size() == statements.size());
  std::string text;
  for (std::size_t i = 0; i < statements.size(); ++i) {
    text += statements[i].text + ";\n" + test::text_of(footprints[i]) + "\n";
  }
  return text;
}

std::vector<fs::path> cases() {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(project_root() / "tests/unit/sql/footprints")) {
    if (entry.path().extension() == ".sql") {
      files.push_back(entry.path());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

TEST_CASE("footprints are what the files beside them say") {
  const std::vector<fs::path> files = cases();
  REQUIRE(files.size() > 5);
  for (const fs::path& file : files) {
    DYNAMIC_SECTION(file.stem().string()) {
      fs::path expected = file;
      expected.replace_extension(".expected");
      const std::string text = described(content_of(file));
      if (std::getenv("MEDUSA_UPDATE_FOOTPRINTS") != nullptr) {
        std::ofstream(expected, std::ios::binary) << text;
      }
      CHECK(text == content_of(expected));
    }
  }
}
