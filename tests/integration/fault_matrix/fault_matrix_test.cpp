// SPDX-License-Identifier: MIT
// A fault at every step of a run. Afterwards what the run said is what the database has, and one
// more run brings everything to where an undisturbed one would have. A row of the matrix a test:
// each is a process with a server of its own, so they can run side by side.
#include <catch2/catch.hpp>

#include "matrix_row.hpp"
#include "row_key.hpp"

namespace medusa::fault {

namespace {

/// Without what means something to Catch2 or CMake.
std::string name_of(const RowKey& key) {
  std::string name;
  const std::string way = key.way == Way::Pooled ? " through PgBouncer" : "";
  const std::string direction = key.direction == Direction::Down ? " reverted" : "";
  for (const char c : to_string(key.code) + direction + " in mode " + key.mode + way + ": " +
                          to_string(key.fault)) {
    if (c == ',') {
      name += " and";
    } else if (c != '`' && c != '(' && c != ')') {
      name += c;
    }
  }
  return name;
}

/// A test that is made from a row.
class RowTest : public Catch::ITestInvoker {
 public:
  explicit RowTest(RowKey key) : key_(std::move(key)) {}

  void invoke() const override {
    Subject subject(key_.code, key_.mode, key_.direction);
    MatrixRow row(subject, key_);
    REQUIRE(row.points() > 0);
    row.run();
    row.publish();
    CHECK(row.failures() == 0);
  }

 private:
  RowKey key_;
};

/// Before main(), as TEST_CASE does it.
const bool registered = [] {
  for (const RowKey& key : all_rows()) {
    // It takes the test over.
    const Catch::AutoReg registration(
        new RowTest(key), CATCH_INTERNAL_LINEINFO, Catch::StringRef(), {name_of(key), "[fault]"});
  }
  return true;
}();

}  // namespace

}  // namespace medusa::fault
