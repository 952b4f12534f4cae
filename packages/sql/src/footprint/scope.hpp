// SPDX-License-Identifier: MIT
// Which column of which table a name in an expression means, as far as that shows without a
// catalog.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "medusa/sql/object.hpp"

namespace medusa {

/// One entry of a FROM list.
struct ScopeEntry {
  std::string alias = {};
  std::optional<ObjectRef> relation = {};  ///< None: a subquery, a function, a temporary table ...
  bool used = false;                       ///< Something of it was read.
  bool qualified_only = false;             ///< As `excluded` is: no bare name means it.
};

/// The FROM list of one query; inner queries see the outer one's.
struct Scope {
  Scope* outer = nullptr;
  std::vector<ScopeEntry> entries = {};
  std::vector<std::string> ctes = {};
  /// Of a function's body: a name that is no column's may be one of them (manual, "Arguments for
  /// SQL Functions").
  std::vector<std::string> parameters = {};

  [[nodiscard]] bool has_cte(const std::string& name) const;
};

/// What a column reference may read: columns, or relations as a whole where it cannot be known.
[[nodiscard]] std::vector<ObjectRef> resolve(Scope& scope,
                                             const std::vector<std::string>& name,
                                             bool star);

}  // namespace medusa
