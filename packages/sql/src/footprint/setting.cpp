// SPDX-License-Identifier: MIT
// SET, RESET, set_config().
#include <algorithm>
#include <array>
#include <string_view>

#include "footprint/families.hpp"

namespace medusa {

namespace {

// Settings that change how long things take or what is told, but nothing that stays.
bool is_harmless(std::string_view name) {
  constexpr auto kNames = std::to_array<std::string_view>({
      "statement_timeout",
      "lock_timeout",
      "idle_in_transaction_session_timeout",
      "idle_session_timeout",
      "deadlock_timeout",
      "client_min_messages",
      "log_min_messages",
      "log_statement",
      "log_min_duration_statement",
      "application_name",
      "work_mem",
      "maintenance_work_mem",
      "max_parallel_workers_per_gather",
      "max_parallel_maintenance_workers",
      "synchronous_commit",
      "jit",
  });
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end() ||
         name.starts_with("enable_");
}

void set_search_path(Effects& effects, const std::vector<std::string>& schemas) {
  std::vector<std::string> named = schemas;
  std::erase(named, "pg_catalog");
  // One schema: names are there. With several, or "$user", only the database knows.
  const bool one = named.size() == 1 && named.front() != "$user" && !named.front().empty();
  effects.session().search_path = one ? named.front() : std::string();
}

void write_setting(Effects& effects, std::string_view name) {
  if (!is_harmless(name)) {
    effects.write({.kind = ObjectKind::Setting, .name = std::string(name)}, "set");
  }
}

}  // namespace

void set_variable(Effects& effects, PgQuery__VariableSetStmt& set) {
  const std::string_view name = set.name;
  switch (set.kind) {
    case PG_QUERY__VARIABLE_SET_KIND__VAR_SET_MULTI:
      // SET TRANSACTION, SET SESSION CHARACTERISTICS: isolation, read only.
      return write_setting(effects, name);
    case PG_QUERY__VARIABLE_SET_KIND__VAR_RESET_ALL:
      effects.session().search_path = std::string();
      return write_setting(effects, "all");
    case PG_QUERY__VARIABLE_SET_KIND__VAR_SET_CURRENT:
      return;
    default:
      break;
  }
  if (name == "search_path") {
    std::vector<std::string> schemas;
    for (const Node* argument : list(set.n_args, set.args)) {
      schemas.push_back(constant_string(argument).value_or(""));
    }
    // DEFAULT and RESET: what the connection began with, which is not written here.
    set_search_path(effects, schemas);
  }
  write_setting(effects, name);
}

bool set_config(Effects& effects, const PgQuery__SelectStmt& select) {
  if (select.n_target_list != 1 || select.n_from_clause != 0 || select.where_clause != nullptr ||
      select.with_clause != nullptr ||
      select.target_list[0]->node_case != PG_QUERY__NODE__NODE_RES_TARGET) {
    return false;
  }
  const Node* const value = select.target_list[0]->res_target->val;
  if (value == nullptr || value->node_case != PG_QUERY__NODE__NODE_FUNC_CALL) {
    return false;
  }
  const PgQuery__FuncCall& call = *value->func_call;
  if (strings(list(call.n_funcname, call.funcname)).back() != "set_config" || call.n_args != 3) {
    return false;
  }
  const std::optional<std::string> name = constant_string(call.args[0]);
  const std::optional<std::string> setting = constant_string(call.args[1]);
  if (!name || !setting) {
    return false;
  }
  if (*name == "search_path") {
    // A list in one text; only a single plain name is taken for known.
    const bool plain = !setting->empty() && setting->find_first_of(", \"$") == std::string::npos;
    set_search_path(effects, plain ? std::vector{*setting} : std::vector<std::string>());
  }
  write_setting(effects, *name);
  return true;
}

}  // namespace medusa
