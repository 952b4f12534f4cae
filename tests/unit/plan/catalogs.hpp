// SPDX-License-Identifier: MIT
// Catalogs for the tests of plans, written by hand or at random.
#pragma once

#include <optional>
#include <random>
#include <string>
#include <vector>

#include "medusa/catalog/catalog.hpp"
#include "medusa/plan/history.hpp"
#include "medusa/plan/plan.hpp"

namespace medusa::test {

using Names = std::vector<std::string>;

/// A migration as a test needs it.
struct Spec {
  std::string name = {};
  std::int64_t timestamp = 0;
  std::optional<bool> transaction = {};
  bool enabled = true;
  std::string member = "m";
  std::string outside_up = {};  ///< What it sends that runs in no transaction.
  std::string outside_down = {};
};

/// The catalog of these migrations, collected in this order.
inline Catalog catalog_of(const std::vector<Spec>& specs) {
  std::vector<DescribedMember> members;
  for (std::size_t i = 0; i < specs.size(); ++i) {
    const Spec& spec = specs[i];
    ManifestEntry entry{.source = spec.name + ".ts", .output = spec.name + ".js"};
    entry.migrations = {{.name = spec.name,
                         .timestamp = spec.timestamp,
                         .transaction = spec.transaction,
                         .outside_up = spec.outside_up,
                         .outside_down = spec.outside_down}};
    if (!spec.enabled) {
      entry.condition.all_of = {"off"};
    }
    // A member each: then their order is the list's.
    members.push_back({.member = {.name = spec.member}, .manifest = {.entries = {entry}}});
  }
  return Catalog::collect(members, FeatureFlags({}, {}, Environment()));
}

/// The history in which `specs` were applied one after the other.
inline History history_of(const std::vector<Spec>& specs) {
  std::vector<AppliedMigration> rows;
  for (const Spec& spec : specs) {
    rows.push_back({.id = static_cast<std::int64_t>(rows.size()) + 1,
                    .timestamp = spec.timestamp,
                    .name = spec.name});
  }
  return History(rows);
}

/// Up to 40 migrations with few different timestamps, so that there are ties.
inline std::vector<Spec> random_specs(std::mt19937& random) {
  const auto below = [&](int bound) {
    return std::uniform_int_distribution<int>(0, bound - 1)(random);
  };
  std::vector<Spec> specs;
  for (int count = below(41); count > 0; --count) {
    Spec spec{.name = "M" + std::to_string(specs.size()), .timestamp = 100 + below(12)};
    spec.enabled = below(5) != 0;
    if (below(4) == 0) {
      spec.transaction = below(2) == 0;
    }
    specs.push_back(spec);
  }
  return specs;
}

/// Names of the plan's steps, in order.
inline Names step_names(const Plan& plan) {
  Names names;
  for (const PlanGroup& group : plan.groups) {
    for (const PlanStep& step : group.steps) {
      names.push_back(step.migration.name);
    }
  }
  return names;
}

/// The groups as text: "(a b)" shares a transaction, "[c]" has none.
inline std::string shape(const Plan& plan) {
  std::string text;
  for (const PlanGroup& group : plan.groups) {
    text += group.transactional ? '(' : '[';
    for (const PlanStep& step : group.steps) {
      text += (&step == group.steps.data() ? "" : " ") + step.migration.name;
    }
    text += group.transactional ? ')' : ']';
  }
  return text;
}

}  // namespace medusa::test
