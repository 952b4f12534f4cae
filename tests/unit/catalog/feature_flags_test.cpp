// SPDX-License-Identifier: MIT
#include "medusa/catalog/feature_flags.hpp"

#include <nlohmann/json.hpp>

#include <catch2/catch.hpp>

#include "medusa_program.hpp"
#include "temporary_workspace.hpp"

namespace medusa {

namespace {

using Json = nlohmann::json;
using Nested = std::map<std::string, bool>;

/// One question: a flag's variable and configuration, and what a migration asks for.
struct Case {
  bool by_default = false;
  std::optional<std::string> variable = {};
  std::optional<FlagValue> configured = {};
  FlagCondition condition = {};
};

Json config_json(const FlagValue& value) {
  return std::visit([](const auto& each) { return Json(each); }, value);
}

/// The condition as a migration's featureFlag export has it.
Json condition_json(const FlagCondition& condition) {
  if (!condition.nested_flag.empty()) {
    return {{condition.nested_flag, condition.nested_key}};
  }
  return condition.all_of;
}

std::vector<Case> all_cases() {
  const std::vector<std::optional<std::string>> variables{std::nullopt,
                                                          "",
                                                          "true",
                                                          "TRUE",
                                                          "True",
                                                          "false",
                                                          "1",
                                                          "0",
                                                          "yes",
                                                          " true",
                                                          "a,b",
                                                          "a,",
                                                          ",",
                                                          "true,false",
                                                          "a.b,c",
                                                          "a.b,a.c.d,e",
                                                          "a,a.b",
                                                          "a.b,a"};
  const std::vector<std::optional<FlagValue>> configurations{
      std::nullopt,
      FlagValue(true),
      FlagValue(false),
      FlagValue(std::string("true")),
      FlagValue(std::string("TRUE")),
      FlagValue(std::string("1")),
      FlagValue(std::string()),
      FlagValue(Nested{}),
      FlagValue(Nested{{"a", true}, {"b", false}})};
  const std::vector<FlagCondition> conditions{{},
                                              {.all_of = {"tested"}},
                                              {.all_of = {"on"}},
                                              {.all_of = {"off"}},
                                              {.all_of = {"unknown"}},
                                              {.all_of = {"tested", "on"}},
                                              {.all_of = {"on", "tested", "off"}},
                                              {.all_of = {"tested", "unknown"}},
                                              {.nested_flag = "tested", .nested_key = "a"},
                                              {.nested_flag = "tested", .nested_key = "b"},
                                              {.nested_flag = "tested", .nested_key = "c"},
                                              {.nested_flag = "tested", .nested_key = "a.b"},
                                              {.nested_flag = "tested", .nested_key = ""},
                                              {.nested_flag = "on", .nested_key = "a"},
                                              {.nested_flag = "off", .nested_key = "a"},
                                              {.nested_flag = "unknown", .nested_key = "a"}};
  std::vector<Case> cases;
  for (const bool by_default : {false, true}) {
    for (const auto& variable : variables) {
      for (const auto& configured : configurations) {
        for (const FlagCondition& condition : conditions) {
          cases.push_back({by_default, variable, configured, condition});
        }
      }
    }
  }
  return cases;
}

Json json_of(const Case& each) {
  return {
      {"default", each.by_default},
      {"variable", each.variable.has_value() ? Json(*each.variable) : Json(nullptr)},
      {"configured", each.configured.has_value() ? config_json(*each.configured) : Json(nullptr)},
      {"condition", condition_json(each.condition)}};
}

/// What Medusa's own loader and router answer, asked in one go.
std::vector<bool> answered_by_medusa(const std::vector<Case>& cases) {
  const TemporaryWorkspace folder;
  folder.write("flags/tested.js",
               "exports.default = { key: 'tested', env_key: 'MEDUSA_FF_TESTED',"
               " get default_val() { return global.testedDefault; } };");
  folder.write("flags/on.js",
               "exports.default = { key: 'on', env_key: 'FF_ON', default_val: true };");
  folder.write("flags/off.js",
               "exports.default = { key: 'off', env_key: 'FF_OFF', default_val: false };");
  Json list = Json::array();
  for (const Case& each : cases) {
    list.push_back(json_of(each));
  }
  folder.write("cases.json", list.dump());
  const std::string script = R"js(
    process.env.MEDUSA_DISABLE_TELEMETRY = "true";
    const loader = require("@medusajs/medusa/dist/loaders/feature-flags");
    const folder = process.argv[1];
    const answers = require(folder + "/cases.json").map((each) => {
      delete process.env.MEDUSA_FF_TESTED;
      if (each.variable !== null) process.env.MEDUSA_FF_TESTED = each.variable;
      global.testedDefault = each.default;
      loader.featureFlagRouter.flags = {};
      const featureFlags = each.configured === null ? {} : { tested: each.configured };
      const router = loader.default({ featureFlags }, undefined, folder + "/flags");
      return router.isFeatureEnabled(each.condition);
    });
    require("fs").writeFileSync(folder + "/answers.json", JSON.stringify(answers));
    process.exit(0);
  )js";
  const Outcome outcome =
      run_program("node", project_root(), {"-e", script, folder.root().string()});
  INFO(outcome.errors);
  REQUIRE(outcome.exit_code == 0);
  // Not on standard output, where Medusa tells of its telemetry whoever has not been told yet.
  return Json::parse(folder.read("answers.json")).get<std::vector<bool>>();
}

bool answered_by_us(const Case& each) {
  std::map<std::string, std::string> variables;
  if (each.variable.has_value()) {
    variables["MEDUSA_FF_TESTED"] = *each.variable;
  }
  std::map<std::string, FlagValue> configured;
  if (each.configured.has_value()) {
    configured["tested"] = *each.configured;
  }
  const FeatureFlags flags({{"tested", each.by_default, "MEDUSA_FF_TESTED"},
                            {"on", true, "FF_ON"},
                            {"off", false, "FF_OFF"}},
                           configured,
                           Environment(variables));
  return flags.satisfies(each.condition);
}

}  // namespace

TEST_CASE("flags are on exactly when Medusa says so", "[catalog]") {
  const std::vector<Case> cases = all_cases();
  const std::vector<bool> expected = answered_by_medusa(cases);
  REQUIRE(expected.size() == cases.size());
  for (std::size_t i = 0; i < cases.size(); ++i) {
    INFO(json_of(cases[i]).dump());
    CHECK(answered_by_us(cases[i]) == expected[i]);
  }
}

TEST_CASE("a condition reads as a person would say it", "[catalog]") {
  CHECK(FlagCondition{}.text().empty());
  CHECK(FlagCondition{.all_of = {"one"}}.text() == "one");
  CHECK(FlagCondition{.all_of = {"one", "two"}}.text() == "one and two");
  CHECK(FlagCondition{.nested_flag = "workflows", .nested_key = "create"}.text() ==
        "workflows.create");
}

}  // namespace medusa
