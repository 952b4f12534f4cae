// SPDX-License-Identifier: MIT
// `check` is `apply` on the same graph, taken back. On random migrations it must say what `apply`
// says, and leave nothing behind.
#include <random>

#include <catch2/catch.hpp>

#include "medusa/schema/schema_state.hpp"

#include "effects.hpp"

namespace medusa {

namespace {

/// Statements about few names, so that they get in each other's way all the time.
class RandomStatements {
 public:
  explicit RandomStatements(unsigned seed) : random_(seed) {}

  MigrationFootprint migration() {
    MigrationFootprint footprint;
    for (unsigned i = pick(4) + 1; i > 0; --i) {
      footprint.push_back(statement());
    }
    return footprint;
  }

 private:
  unsigned pick(unsigned below) {
    return std::uniform_int_distribution<unsigned>(0, below - 1)(random_);
  }

  std::string name(const char* letters) { return {letters[pick(3)]}; }

  std::string relation() { return name("abc"); }

  std::string part() { return name("xyz"); }

  StatementFootprint statement() {
    StatementFootprint made = plain();
    // As of a DO block with a handler: a trial within the trial.
    if (pick(4) == 0 && !made.guard) {
      for (Effect& effect : made.effects) {
        effect.conditional = true;
      }
      made.handled = {"duplicate_table", "duplicate_object", "undefined_column"};
      made.handled.resize(pick(3) + 1);
    }
    return made;
  }

  StatementFootprint plain() {
    const std::string of = relation();
    switch (pick(11)) {
      case 0:
      case 1:
        return create_table(of, {"x", "y"});
      case 2:
        return if_not_exists(create_table(of, {"x"}));
      case 3:
        return only(create(column(of, part()), {}, "int"));
      case 4:
        return {.effects = create_key(name("klm"), of, part())};
      case 5:
        return only(create_index(name("ijk"), of, part()));
      case 6:
        return only(create_reference(name("fgh"), column(of, part()), column(relation(), part())));
      case 7:
        return only(rename(table(of), table(relation())));
      case 8:
        return only(rename(column(of, part()), column(of, part())));
      case 9:
        return only(pick(2) == 0 ? drop(table(of)) : cascading(drop(table(of))));
      default:
        return only(cascading(drop(column(of, part()))));
    }
  }

  std::mt19937 random_;
};

bool same(const SchemaState& a, const SchemaState& b) {
  const auto tables = [](const SchemaState& state) {
    std::vector<std::pair<ObjectRef, std::vector<MigrationNumber>>> result;
    for (const TableOwnership& table : state.ownership()) {
      result.emplace_back(table.table, table.changers);
    }
    return result;
  };
  return a.snapshot().objects == b.snapshot().objects && tables(a) == tables(b) &&
         a.taken_along().size() == b.taken_along().size();
}

}  // namespace

TEST_CASE("what was checked beforehand happens as foretold, and only when it is applied") {
  for (unsigned seed = 0; seed < 200; ++seed) {
    RandomStatements statements(seed);
    SchemaState checked;
    SchemaState unchecked;
    for (MigrationNumber number = 1; number <= 30; ++number) {
      const MigrationFootprint footprint = statements.migration();
      const auto foretold = checked.check(number, footprint);
      REQUIRE(same(checked, unchecked));
      REQUIRE(checked.apply(number, footprint) == foretold);
      REQUIRE(unchecked.apply(number, footprint) == foretold);
      REQUIRE(same(checked, unchecked));
    }
  }
}

}  // namespace medusa
