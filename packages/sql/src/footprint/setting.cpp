// SPDX-License-Identifier: MIT
// SET, RESET, set_config().
#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "medusa/sql/search_path.hpp"

#include "footprint/families.hpp"

namespace medusa {

namespace {

constexpr std::string_view kSearchPath = "search_path";
constexpr std::string_view kCheckBodies = "check_function_bodies";

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

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + ('a' - 'A')) : letter;
  });
  return text;
}

// As PostgreSQL reads them: any unique beginning will do (source: parse_bool_with_len).
std::optional<bool> truth_of(const std::string& text) {
  const std::string word = lower(text);
  const auto begins = [&](std::string_view full, std::size_t least) {
    return word.size() >= least && full.starts_with(word);
  };
  if (begins("true", 1) || begins("yes", 1) || word == "on" || word == "1") {
    return true;
  }
  if (begins("false", 1) || begins("no", 1) || begins("off", 2) || word == "0") {
    return false;
  }
  return std::nullopt;
}

// The words that an argument of SET is: `off`, 'off', 0, false.
std::optional<std::string> value_text(const Node* argument) {
  if (argument == nullptr || argument->node_case != PG_QUERY__NODE__NODE_A_CONST) {
    return std::nullopt;
  }
  const PgQuery__AConst& constant = *argument->a_const;
  switch (constant.val_case) {
    case PG_QUERY__A__CONST__VAL_SVAL:
      return std::string(constant.sval->sval);
    case PG_QUERY__A__CONST__VAL_IVAL:
      return std::to_string(constant.ival->ival);
    case PG_QUERY__A__CONST__VAL_BOOLVAL:
      return std::string(constant.boolval->boolval != 0 ? "on" : "off");
    default:
      return std::nullopt;
  }
}

// One SET or RESET, and until when it holds.
class SettingChange {
 public:
  SettingChange(Effects& effects, std::string name, bool local)
      : effects_(effects),
        name_(std::move(name)),
        local_(local) {}

  void search_path(const std::vector<std::string>& schemas) {
    Effect effect = write("set");
    for (const std::string& schema : schemas) {
      effect.depends_on.push_back({.object = {.kind = ObjectKind::Schema, .name = schema}});
    }
    std::vector<std::string> named = schemas;
    std::erase(named, "pg_catalog");
    std::erase(named, "pg_temp");
    // With several, or "$user", whoever knows the schemas has to choose; LOCAL may end at any time.
    const bool one = named.size() == 1 && named.front() != "$user" && !named.front().empty();
    effects_.session().search_path = one && !local_ ? std::optional(named.front()) : std::nullopt;
    effects_.add(std::move(effect));
  }

  void check_bodies(const std::string& value) {
    const std::optional<bool> checks = truth_of(value);
    // LOCAL may end at any time: until when bodies are not checked, whoever runs them knows.
    if (!local_ || checks.value_or(true)) {
      effects_.session().checks_function_bodies = checks.value_or(true);
    }
    effects_.add(write("set", checks.value_or(true) ? " on" : " off"));
  }

  // Its value cannot be known, or says nothing to us.
  void other() {
    if (name_ == kSearchPath) {
      effects_.session().search_path = std::string();
      effects_.opaque("it sets search_path to what cannot be read");
      return effects_.add(write("set", " to something"));
    }
    if (!is_harmless(name_)) {
      effects_.add(write("set"));
    }
  }

  // What the connection began with.
  void reset() {
    if (name_ == kSearchPath || name_ == "all") {
      effects_.session().search_path = std::nullopt;
    }
    if (name_ == kCheckBodies || name_ == "all") {
      effects_.session().checks_function_bodies = true;
    }
    if (!is_harmless(name_)) {
      effects_.add(write("reset"));
    }
  }

  void set(const std::string& value) {
    if (name_ == kCheckBodies) {
      return check_bodies(value);
    }
    other();
  }

 private:
  [[nodiscard]] Effect write(std::string how, std::string_view value = {}) const {
    how += local_ ? " local" : "";
    return {.action = Action::Write,
            .object = {.kind = ObjectKind::Setting, .name = name_},
            .definition = how + std::string(value)};
  }

  Effects& effects_;
  std::string name_;
  bool local_;
};

// The call if that is all that the statement does; null otherwise.
const PgQuery__FuncCall* only_call(const PgQuery__SelectStmt& select) {
  if (select.n_target_list != 1 || select.n_from_clause != 0 || select.where_clause != nullptr ||
      select.with_clause != nullptr ||
      select.target_list[0]->node_case != PG_QUERY__NODE__NODE_RES_TARGET) {
    return nullptr;
  }
  const Node* const value = select.target_list[0]->res_target->val;
  return value == nullptr || value->node_case != PG_QUERY__NODE__NODE_FUNC_CALL ? nullptr
                                                                                : value->func_call;
}

}  // namespace

void set_variable(Effects& effects, PgQuery__VariableSetStmt& set) {
  SettingChange change(effects, set.name, set.is_local != 0);
  const NodeList arguments = list(set.n_args, set.args);
  switch (set.kind) {
    case PG_QUERY__VARIABLE_SET_KIND__VAR_SET_MULTI:
      // SET TRANSACTION, SET SESSION CHARACTERISTICS: isolation, read only.
      return change.other();
    case PG_QUERY__VARIABLE_SET_KIND__VAR_RESET_ALL:
      return SettingChange(effects, "all", false).reset();
    case PG_QUERY__VARIABLE_SET_KIND__VAR_SET_DEFAULT:
    case PG_QUERY__VARIABLE_SET_KIND__VAR_RESET:
      return change.reset();
    case PG_QUERY__VARIABLE_SET_KIND__VAR_SET_CURRENT:
      return;
    default:
      break;
  }
  if (kSearchPath != set.name) {
    return change.set(arguments.empty() ? "" : value_text(arguments.front()).value_or(""));
  }
  std::vector<std::string> schemas;
  for (const Node* argument : arguments) {
    schemas.push_back(value_text(argument).value_or(""));
  }
  change.search_path(schemas);
}

bool set_config(Effects& effects, const PgQuery__SelectStmt& select) {
  const PgQuery__FuncCall* const call = only_call(select);
  if (call == nullptr || strings(list(call->n_funcname, call->funcname)).back() != "set_config" ||
      call->n_args != 3) {
    return false;
  }
  const std::optional<std::string> name = constant_string(call->args[0]);
  const std::optional<std::string> value = constant_string(call->args[1]);
  const std::optional<std::string> local = value_text(call->args[2]);
  if (!name || !value || !local || !truth_of(*local)) {
    return false;
  }
  SettingChange change(effects, lower(*name), *truth_of(*local));
  const auto schemas = lower(*name) == kSearchPath ? parse_search_path(*value) : std::nullopt;
  if (schemas) {
    change.search_path(*schemas);
  } else {
    change.set(*value);
  }
  return true;
}

}  // namespace medusa
