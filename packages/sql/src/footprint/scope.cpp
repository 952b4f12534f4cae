// SPDX-License-Identifier: MIT
#include "footprint/scope.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "footprint/effects.hpp"

namespace medusa {

namespace {

bool is_system_column(std::string_view name) {
  constexpr auto kNames =
      std::to_array<std::string_view>({"ctid", "xmin", "xmax", "cmin", "cmax", "tableoid"});
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

ScopeEntry* find_alias(Scope& innermost, const std::string& alias) {
  for (Scope* scope = &innermost; scope != nullptr; scope = scope->outer) {
    for (ScopeEntry& entry : scope->entries) {
      if (entry.alias == alias) {
        return &entry;
      }
    }
  }
  return nullptr;
}

std::vector<ObjectRef> all_relations(Scope* scope, bool with_outer) {
  std::vector<ObjectRef> all;
  for (; scope != nullptr; scope = with_outer ? scope->outer : nullptr) {
    for (ScopeEntry& entry : scope->entries) {
      entry.used = true;
      if (entry.relation) {
        all.push_back(*entry.relation);
      }
    }
  }
  return all;
}

std::vector<ObjectRef> column_of(ScopeEntry& entry, const std::string& column) {
  entry.used = true;
  if (!entry.relation) {
    return {};
  }
  if (is_system_column(column)) {
    return {*entry.relation};
  }
  return {part_of(*entry.relation, ObjectKind::Column, column)};
}

bool is_parameter(const Scope& innermost, const std::string& name) {
  for (const Scope* scope = &innermost; scope != nullptr; scope = scope->outer) {
    const std::vector<std::string>& names = scope->parameters;
    if (std::find(names.begin(), names.end(), name) != names.end()) {
      return true;
    }
  }
  return false;
}

std::vector<ObjectRef> resolve_bare(Scope& scope, const std::string& name) {
  std::size_t entries = 0;
  for (const Scope* each = &scope; each != nullptr; each = each->outer) {
    entries += static_cast<std::size_t>(
        std::count_if(each->entries.begin(), each->entries.end(), [](const ScopeEntry& entry) {
          return !entry.qualified_only;
        }));
  }
  // The name of the table itself stands for a whole row.
  if (ScopeEntry* const row = find_alias(scope, name)) {
    std::vector<ObjectRef> whole;
    row->used = true;
    if (row->relation) {
      whole.push_back(*row->relation);
    }
    if (entries == 1) {
      return whole;
    }
    return all_relations(&scope, true);
  }
  if (is_parameter(scope, name)) {
    return all_relations(&scope, true);
  }
  if (entries == 1) {
    for (Scope* each = &scope; each != nullptr; each = each->outer) {
      if (!each->entries.empty()) {
        return column_of(each->entries.front(), name);
      }
    }
  }
  return all_relations(&scope, true);
}

}  // namespace

bool Scope::has_cte(const std::string& name) const {
  for (const Scope* scope = this; scope != nullptr; scope = scope->outer) {
    if (std::find(scope->ctes.begin(), scope->ctes.end(), name) != scope->ctes.end()) {
      return true;
    }
  }
  return false;
}

std::vector<ObjectRef> resolve(Scope& scope, const std::vector<std::string>& name, bool star) {
  if (name.empty()) {
    return all_relations(&scope, false);
  }
  const std::size_t qualifier = star ? name.size() - 1 : name.size() - 2;
  if (!star && name.size() == 1) {
    return resolve_bare(scope, name.front());
  }
  ScopeEntry* const entry = find_alias(scope, name[qualifier]);
  if (entry == nullptr) {
    return all_relations(&scope, true);
  }
  if (star) {
    entry->used = true;
    return entry->relation ? std::vector<ObjectRef>{*entry->relation} : std::vector<ObjectRef>{};
  }
  return column_of(*entry, name.back());
}

}  // namespace medusa
