// SPDX-License-Identifier: MIT
#include "medusa/schema/schema_state.hpp"

#include <catch2/catch.hpp>

#include "effects.hpp"

namespace medusa {

namespace {

using Kind = SchemaProblemKind;

/// What is there, by name; without the schema `public`.
std::vector<std::string> names(const SchemaState& state) {
  std::vector<std::string> names;
  for (const SchemaObject& object : state.snapshot().objects) {
    if (object.ref.kind != ObjectKind::Schema) {
      names.push_back(object.ref.text());
    }
  }
  return names;
}

ObjectRef in_public(ObjectRef object) {
  object.schema = "public";
  return object;
}

}  // namespace

TEST_CASE("what is created is there, and with its table it goes") {
  SchemaState state;
  CHECK(
      state.apply(1, {create_table("a", {"id", "x"}), only(create_index("i", "a", "x"))}).empty());
  CHECK(names(state) ==
        std::vector<std::string>{"public.a", "public.i", "public.a.id", "public.a.x"});
  CHECK(state.contains(column("a", "x")));
  CHECK(state.apply(2, {only(drop(table("a")))}).empty());
  CHECK(names(state).empty());
}

TEST_CASE("a column takes along indexes and constraints of several columns, too") {
  SchemaState state;
  CHECK(state
            .apply(1,
                   {create_table("a", {"x", "y"}),
                    only(create(index("i"),
                                {{.object = column("a", "x"), .owned = true},
                                 {.object = column("a", "y"), .owned = true}})),
                    {.effects = create_key("k", "a", "y")},
                    only(drop(column("a", "y")))})
            .empty());
  CHECK(names(state) == std::vector<std::string>{"public.a", "public.a.x"});
}

TEST_CASE("an index of a constraint goes with the constraint, and not without it") {
  SchemaState state;
  CHECK(
      state.apply(1, {create_table("a", {"id"}), {.effects = create_key("k", "a", "id")}}).empty());
  for (const bool cascade : {false, true}) {
    Effect effect = drop(index("k"));
    effect.cascade = cascade;
    const auto problems = state.check(2, {only(effect)});
    REQUIRE(problems.size() == 1);
    CHECK(problems.front().kind == Kind::Blocked);
    CHECK(problems.front().dependents == std::vector{in_public(constraint("a", "k"))});
  }
  CHECK(state.apply(2, {only(drop(constraint("a", "k")))}).empty());
  CHECK(names(state) == std::vector<std::string>{"public.a", "public.a.id"});
}

TEST_CASE("others' foreign keys stand in the way of a drop, unless it cascades") {
  SchemaState state;
  CHECK(state
            .apply(1,
                   {create_table("a", {"id"}),
                    {.effects = create_key("k", "a", "id")},
                    create_table("b", {"a_id"}),
                    only(create_reference("fk", column("b", "a_id"), column("a", "id")))})
            .empty());
  for (const Effect& effect :
       {drop(table("a")), drop(column("a", "id")), drop(constraint("a", "k"))}) {
    const auto problems = state.check(2, {only(effect)});
    REQUIRE(problems.size() == 1);
    CHECK(problems.front().kind == Kind::Blocked);
    CHECK(problems.front().object == in_public(effect.object));
    CHECK(problems.front().other == 1);
    CHECK(problems.front().dependents == std::vector{in_public(constraint("b", "fk"))});
    SchemaState copy = state;
    CHECK(copy.apply(2, {only(cascading(effect))}).empty());
    CHECK(copy.contains(column("b", "a_id")));
    CHECK_FALSE(copy.contains(constraint("b", "fk")));
  }
  SECTION("both tables in one statement") {
    CHECK(state.apply(2, {{.effects = {drop(table("a")), drop(table("b"))}}}).empty());
    CHECK(names(state).empty());
  }
  SECTION("one after the other") {
    CHECK(state.apply(2, {only(drop(table("b"))), only(drop(table("a")))}).empty());
  }
}

TEST_CASE("a type that a column has cannot be dropped, until the column has another") {
  SchemaState state;
  CHECK(state
            .apply(1,
                   {only(create(type("e"))),
                    only(create(table("a"))),
                    only(create(column("a", "x"), {{.object = type("e"), .owned = false}}))})
            .empty());
  CHECK(state.check(2, {only(drop(type("e")))}).size() == 1);
  Effect alter = effect(Action::Alter, column("a", "x"));
  alter.definition = "TYPE f";
  alter.depends_on = {{.object = type("f"), .owned = false}};
  CHECK(state
            .apply(2,
                   {only(rename(type("e"), type("e_old"))),
                    only(create(type("f"))),
                    only(alter),
                    only(drop(type("e_old")))})
            .empty());
  CHECK(state.contains(column("a", "x")));
  SECTION("with CASCADE the column goes") {
    CHECK(state.apply(3, {only(cascading(drop(type("f"))))}).empty());
    CHECK(names(state) == std::vector<std::string>{"public.a"});
  }
}

TEST_CASE("CASCADE on a sequence or function takes a column's default, not the column") {
  SchemaState state;
  CHECK(state
            .apply(1,
                   {only(create(ref(ObjectKind::Sequence, "s"))),
                    only(create(table("a"))),
                    only(create(column("a", "x"),
                                {{.object = ref(ObjectKind::Sequence, "s"), .owned = false}})),
                    only(cascading(drop(ref(ObjectKind::Sequence, "s"))))})
            .empty());
  CHECK(names(state) == std::vector<std::string>{"public.a", "public.a.x"});
}

TEST_CASE("renamed things keep what hangs on them; their old names say what became of them") {
  SchemaState state;
  CHECK(state
            .apply(1,
                   {create_table("a", {"id", "x"}),
                    {.effects = create_key("k", "a", "id")},
                    only(create_index("i", "a", "x"))})
            .empty());
  CHECK(state
            .apply(2,
                   {only(rename(table("a"), table("b"))),
                    only(rename(column("b", "x"), column("b", "y"))),
                    only(rename(constraint("b", "k"), constraint("b", "k2")))})
            .empty());
  CHECK(names(state) ==
        std::vector<std::string>{
            "public.b", "public.i", "public.k2", "public.b.id", "public.b.y", "public.b.k2"});
  const auto problems = state.apply(
      3, {{.effects = {need(column("a", "x")), need(column("a", "y")), need(column("b", "x"))}}});
  REQUIRE(problems.size() == 2);
  CHECK(problems[0].kind == Kind::RenamedBefore);
  CHECK(problems[0].object == in_public(table("a")));
  CHECK(problems[0].other == 2);
  CHECK(problems[0].renamed_to == in_public(table("b")));
  CHECK(problems[1].object == in_public(column("b", "x")));
  CHECK(problems[1].renamed_to == in_public(column("b", "y")));
  CHECK(problems[1].effect == 2);
  CHECK(state.apply(4, {only(drop(column("b", "y")))}).empty());
  CHECK_FALSE(state.contains(index("i")));
}

TEST_CASE("an index that is renamed takes its constraint along") {
  SchemaState state;
  CHECK(state
            .apply(1,
                   {create_table("a", {"id"}),
                    {.effects = create_key("k", "a", "id")},
                    only(rename(index("k"), index("l")))})
            .empty());
  CHECK(state.contains(constraint("a", "l")));
  CHECK(state.missing({only(need(constraint("a", "k")))}) ==
        std::vector{in_public(constraint("a", "k"))});
}

TEST_CASE("a table that moves to another schema takes its indexes and sequences along") {
  SchemaState state;
  ObjectRef moved = table("a");
  moved.schema = "other";
  CHECK(state
            .apply(1,
                   {only(create(ref(ObjectKind::Schema, "other"))),
                    create_table("a", {"id"}),
                    {.effects = create_key("k", "a", "id")},
                    only(create(ref(ObjectKind::Sequence, "s"),
                                {{.object = column("a", "id"), .owned = true}})),
                    only(rename(table("a"), moved))})
            .empty());
  CHECK(names(state) ==
        std::vector<std::string>{"other.a", "other.k", "other.s", "other.a.id", "other.a.k"});
  const auto problems = state.apply(2, {only(drop(ref(ObjectKind::Schema, "other")))});
  REQUIRE(problems.size() == 1);
  CHECK(problems.front().kind == Kind::Blocked);
}

TEST_CASE("a schema goes with all that is in it under CASCADE") {
  SchemaState state;
  ObjectRef inside = table("a");
  inside.schema = "other";
  CHECK(state
            .apply(1,
                   {only(create(ref(ObjectKind::Schema, "other"))),
                    only(create(inside)),
                    only(cascading(drop(ref(ObjectKind::Schema, "other"))))})
            .empty());
  CHECK(names(state).empty());
  CHECK(state.missing({only(need(inside))}) == std::vector{ref(ObjectKind::Schema, "other")});
}

TEST_CASE("unqualified names are found in the default schema, then in public") {
  ObjectRef b = table("b");
  b.schema = "shop";
  SchemaState state("shop",
                    {.objects = {{.ref = {.kind = ObjectKind::Schema, .name = "public"}},
                                 {.ref = in_public(table("a"))},
                                 {.ref = in_public(table("b"))},
                                 {.ref = b},
                                 {.ref = [&] {
                                   ObjectRef x = column("b", "x");
                                   x.schema = "shop";
                                   return x;
                                 }()}}});
  CHECK(state.contains(table("a")));
  CHECK(state.contains(column("b", "x")));
  CHECK(state.apply(1, {only(create(table("a")))}).empty());
  ObjectRef made = table("a");
  made.schema = "shop";
  CHECK(state.contains(made));
  ObjectRef gone = table("c");
  gone.schema = "shop";
  CHECK(state.missing({only(need(column("c", "x")))}) == std::vector{gone});
}

TEST_CASE("one table twice is one problem, and says whether the shapes differ") {
  SchemaState state;
  CHECK(state.apply(1, {create_table("a", {"id", "x"})}).empty());
  for (const auto& [columns, type, differ] :
       std::vector<std::tuple<std::vector<std::string>, std::string, bool>>{
           {{"id", "x"}, "int", false},
           {{"id", "x"}, "text", true},
           {{"id"}, "int", true},
           {{"id", "x", "y"}, "int", true}}) {
    const auto hard = state.check(2, {create_table("a", columns, type)});
    REQUIRE(hard.size() == 1);
    CHECK(hard.front().kind == Kind::AlreadyThere);
    CHECK(hard.front().other == 1);
    CHECK(hard.front().definitions_differ == differ);
    const auto hidden = state.check(2, {if_not_exists(create_table("a", columns, type))});
    CHECK(hidden.size() == (differ ? 1U : 0U));
    if (differ) {
      CHECK(hidden.front().kind == Kind::HiddenDifference);
      CHECK(hidden.front().object == in_public(table("a")));
    }
  }
  SECTION("what IF NOT EXISTS skips is skipped as a whole") {
    StatementFootprint statement = if_not_exists(create_table("a", {"id", "new"}));
    statement.effects.push_back(generated(conditional(create_index("i", "a", "id"))));
    CHECK(state.apply(2, {statement}).size() == 1);
    CHECK(names(state) == std::vector<std::string>{"public.a", "public.a.id", "public.a.x"});
  }
}

TEST_CASE("names exclude each other within a namespace") {
  SchemaState state;
  CHECK(state.apply(1, {create_table("a", {"id"}), only(create(type("t")))}).empty());
  CHECK(state.check(2, {only(create(ref(ObjectKind::View, "a")))}).size() == 1);
  CHECK(state.check(2, {only(create_index("a", "a", "id"))}).size() == 1);
  CHECK(state.check(2, {only(create(type("a")))}).size() == 1);
  CHECK(state.check(2, {only(create(table("t")))}).size() == 1);
  CHECK(state.check(2, {only(create_index("t", "a", "id"))}).empty());
  CHECK(state.check(2, {only(rename(table("a"), table("t")))}).size() == 1);
}

TEST_CASE("PostgreSQL's own choice of a name takes the next number") {
  SchemaState state;
  CHECK(state.apply(1, {create_table("a", {"x"})}).empty());
  const auto key = [] {
    std::vector<Effect> effects = create_key("a_x_key", "a", "x");
    return StatementFootprint{.effects = {generated(effects[0]), generated(effects[1])}};
  };
  CHECK(state.apply(1, {only(create(table("a_x_key2")))}).empty());
  CHECK(state.apply(1, {key(), key(), key()}).empty());
  for (const char* name : {"a_x_key", "a_x_key1", "a_x_key3"}) {
    CHECK(state.contains(index(name)));
    CHECK(state.contains(constraint("a", name)));
  }
  // A check constraint does not mind relations, but constraints of other tables of the schema.
  CHECK(state
            .apply(2,
                   {create_table("b", {"x"}),
                    only(generated(create(constraint("b", "a_x_key2")))),
                    only(generated(create(constraint("b", "a_x_key"))))})
            .empty());
  CHECK(state.contains(constraint("b", "a_x_key2")));
  CHECK(state.contains(constraint("b", "a_x_key4")));
}

TEST_CASE("a need says whether it was dropped, by whom, or was never there") {
  SchemaState state;
  CHECK(state.apply(7, {create_table("a", {"x"}), only(drop(column("a", "x")))}).empty());
  CHECK(state.apply(8, {only(drop(table("a")))}).empty());
  const auto problems =
      state.apply(9, {{.effects = {need(column("a", "x")), need(table("b")), need(table("b"))}}});
  REQUIRE(problems.size() == 2);
  CHECK(problems[0].kind == Kind::DroppedBefore);
  CHECK(problems[0].object == in_public(table("a")));
  CHECK(problems[0].other == 8);
  CHECK(problems[1].kind == Kind::NeverThere);
  CHECK(problems[1].object == in_public(table("b")));
  CHECK_FALSE(problems[1].other);
}

TEST_CASE("conditional effects of what is not there do nothing") {
  SchemaState state;
  CHECK(state
            .apply(1,
                   {only(conditional(drop(table("a")))),
                    only(conditional(effect(Action::Alter, table("a")))),
                    {.effects = {need(table("b")), create(column("a", "x"))},
                     .guard = StatementFootprint::Guard{.object = table("a"), .must_exist = true}},
                    only(conditional(rename(table("a"), table("b"))))})
            .empty());
  CHECK(names(state).empty());
}

TEST_CASE("missing asks about the outside only and changes nothing") {
  SchemaState state;
  CHECK(state.apply(1, {create_table("a", {"id"})}).empty());
  const SchemaSnapshot before = state.snapshot();
  const MigrationFootprint footprint{
      create_table("b", {"id", "a_id"}),
      {.effects = create_key("k", "b", "id")},
      only(create_reference("fk", column("b", "a_id"), column("c", "id"))),
      only(create_reference("fk2", column("b", "a_id"), column("a", "id"))),
      only(rename(table("a"), table("aa"))),
      only(need(column("aa", "other"))),
      only(drop(table("b"))),
      only(create(ref(ObjectKind::Extension, "citext"))),
      only(need(ref(ObjectKind::Extension, "hstore")))};
  CHECK(state.missing(footprint) == std::vector{ref(ObjectKind::Extension, "hstore"),
                                                in_public(table("c")),
                                                in_public(column("aa", "other"))});
  const SchemaSnapshot after = state.snapshot();
  CHECK(before.objects == after.objects);
  CHECK(state.missing({only(need(table("a")))}).empty());
  const auto problems = state.check(3, {only(need(table("b")))});
  REQUIRE(problems.size() == 1);
  CHECK(problems.front().kind == Kind::NeverThere);
}

TEST_CASE("what pg_catalog has counts as there, and so do functions that nobody announced") {
  SchemaState state;
  ObjectRef pg_class = table("pg_class");
  ObjectRef tables = column("tables", "table_name");
  tables.schema = "information_schema";
  const ObjectRef function = ref(ObjectKind::Function, "f");
  CHECK(state.missing({{.effects = {need(pg_class), need(tables), need(function)}}}).empty());
  state.announce({only(create(function))});
  CHECK(state.missing({only(need(function))}) == std::vector{in_public(function)});
  CHECK(state.apply(1, {only(create(function))}).empty());
  CHECK(state.missing({only(need(function))}).empty());
}

TEST_CASE("columns are not asked for where not all are known") {
  SchemaState state;
  Effect like = create(table("b"));
  like.columns_unknown = true;
  CHECK(state
            .apply(1,
                   {create_table("a", {"x"}),
                    only(create(ref(ObjectKind::View, "v"), {{.object = column("a", "x")}})),
                    only(like),
                    {.effects = {create(table("c"))}, .opaque = "dynamic SQL"}})
            .empty());
  CHECK(state
            .missing({{.effects = {need(column("v", "y")),
                                   need(column("b", "y")),
                                   need(column("c", "y")),
                                   need(column("a", "ctid"))}}})
            .empty());
  CHECK(state.opaque() == std::vector<MigrationNumber>{1});
  const auto problems = state.check(2, {only(drop(column("a", "x")))});
  REQUIRE(problems.size() == 1);
  CHECK(problems.front().dependents == std::vector{in_public(ref(ObjectKind::View, "v"))});
}

TEST_CASE("an extension that the server does not have cannot be created") {
  SchemaState state("public",
                    {.objects = {{.ref = {.kind = ObjectKind::Schema, .name = "public"}}},
                     .available_extensions = {"citext"}});
  CHECK(state.check(1, {only(create(ref(ObjectKind::Extension, "citext")))}).empty());
  const auto problems = state.check(1, {only(create(ref(ObjectKind::Extension, "vector")))});
  REQUIRE(problems.size() == 1);
  CHECK(problems.front().kind == Kind::ExtensionMissing);
}

TEST_CASE("OR REPLACE gives an object another definition and other needs") {
  SchemaState state;
  const ObjectRef view = ref(ObjectKind::View, "v");
  Effect again = create(view, {{.object = column("a", "y")}});
  again.replaces = true;
  CHECK(state
            .apply(1,
                   {create_table("a", {"x", "y"}),
                    only(create(view, {{.object = column("a", "x")}})),
                    only(again),
                    only(drop(column("a", "x")))})
            .empty());
  CHECK(state.check(2, {only(drop(column("a", "y")))}).size() == 1);
}

TEST_CASE("tables know who made and who changed them") {
  SchemaState state;
  CHECK(state.apply(1, {create_table("a", {"id"})}).empty());
  CHECK(
      state.apply(2, {only(create(column("a", "x"))), only(create_index("i", "a", "x"))}).empty());
  CHECK(state.apply(3, {only(drop(index("i")))}).empty());
  CHECK(state.apply(4, {only(rename(table("a"), table("b")))}).empty());
  const auto ownership = state.ownership();
  REQUIRE(ownership.size() == 1);
  CHECK(ownership.front().table == in_public(table("b")));
  CHECK(ownership.front().creator == 1);
  CHECK(ownership.front().changers == std::vector<MigrationNumber>{2, 3, 4});
}

TEST_CASE("applied migrations are credited with what a database has") {
  SchemaState history;
  const MigrationFootprint first{create_table("a", {"id"}), create_table("old", {"id"})};
  const MigrationFootprint second{only(rename(table("a"), table("b"))),
                                  only(create(column("b", "x"))),
                                  only(drop(table("old")))};
  CHECK(history.apply(1, first).empty());
  CHECK(history.apply(2, second).empty());
  SchemaState state("public", history.snapshot());
  CHECK_FALSE(state.ownership().front().creator);
  state.credit(1, first);
  state.credit(2, second);
  const auto ownership = state.ownership();
  REQUIRE(ownership.size() == 1);
  CHECK(ownership.front().creator == 1);
  CHECK(ownership.front().changers == std::vector<MigrationNumber>{2});
  const auto problems = state.check(3, {{.effects = {need(table("old")), need(table("a"))}}});
  REQUIRE(problems.size() == 2);
  CHECK(problems[0].kind == Kind::DroppedBefore);
  CHECK(problems[0].other == 2);
  CHECK(problems[1].kind == Kind::RenamedBefore);
  CHECK(problems[1].renamed_to == in_public(table("b")));
}

TEST_CASE("two snapshots are compared by name, without what extensions brought") {
  const SchemaSnapshot first{
      .objects = {{.ref = in_public(table("a"))}, {.ref = in_public(table("b"))}}};
  const SchemaSnapshot second{
      .objects = {{.ref = in_public(table("b"))},
                  {.ref = in_public(index("c"))},
                  {.ref = in_public(ref(ObjectKind::Function, "f")),
                   .depends_on = {{.object = ref(ObjectKind::Extension, "x"), .owned = true}}}}};
  CHECK(differences(first, second) ==
        std::vector<std::string>{"- table public.a", "+ index public.c"});
  CHECK(differences(first, first).empty());
}

}  // namespace medusa
