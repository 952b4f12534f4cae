// SPDX-License-Identifier: MIT
#include "footprint/program.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>

#include "medusa/core/error.hpp"

#include "footprint/node.hpp"
#include "parse.hpp"
#include "pg_query.h"

namespace medusa {

namespace {

using Json = nlohmann::json;

/// RAISE of this level and above ends the block (source: elog.h, ERROR).
constexpr int kError = 21;

/// Errors that say that something is there already, or is not (manual, "PostgreSQL Error Codes"):
/// with a handler for one of these, what becomes of a statement is decided by the schema alone.
constexpr auto kAboutPresence = std::to_array<std::string_view>({"duplicate_alias",
                                                                 "duplicate_column",
                                                                 "duplicate_function",
                                                                 "duplicate_object",
                                                                 "duplicate_schema",
                                                                 "duplicate_table",
                                                                 "invalid_schema_name",
                                                                 "undefined_column",
                                                                 "undefined_function",
                                                                 "undefined_object",
                                                                 "undefined_table"});

struct Unfollowed {
  std::string reason;
};

Json parse_plpgsql(const std::string& sql) {
  PgQueryPlpgsqlParseResult result = pg_query_parse_plpgsql(sql.c_str());
  const std::unique_ptr<PgQueryPlpgsqlParseResult, void (*)(PgQueryPlpgsqlParseResult*)> owner(
      &result,
      [](PgQueryPlpgsqlParseResult* owned) { pg_query_free_plpgsql_parse_result(*owned); });
  if (result.error != nullptr) {
    throw Unfollowed{"its program cannot be read"};
  }
  return Json::parse(result.plpgsql_funcs);
}

const Json& list_at(const Json& node, const char* key) {
  static const Json kNone = Json::array();
  const auto found = node.find(key);
  return found == node.end() ? kNone : *found;
}

std::string query_of(const Json& node, const char* key) {
  return node.at(key).at("PLpgSQL_expr").at("query").get<std::string>();
}

/// Names in its SQL could be its own variables, and then mean no columns.
bool has_variables(const Json& function) {
  constexpr std::array<std::string_view, 3> kOwn{"found", "sqlstate", "sqlerrm"};
  return std::any_of(
      function.at("datums").begin(), function.at("datums").end(), [&](const Json& datum) {
        const std::string name = datum.begin()->value("refname", "");
        return std::find(kOwn.begin(), kOwn.end(), name) == kOwn.end();
      });
}

/// The text that EXECUTE of a constant runs.
std::optional<std::string> constant_of(const std::string& expression) {
  try {
    const ParseTree tree = parse("SELECT " + expression);
    const PgQuery__SelectStmt& select = *tree->stmts[0]->stmt->select_stmt;
    return tree->n_stmts == 1 && select.n_target_list == 1
               ? bare_text(select.target_list[0]->res_target->val)
               : std::nullopt;
  } catch (const Error&) {
    return std::nullopt;
  }
}

class ProgramReader {
 public:
  std::vector<ProgramStep> read(const Json& function) {
    if (has_variables(function)) {
      throw Unfollowed{"a DO block with variables is not followed"};
    }
    block(function.at("action").at("PLpgSQL_stmt_block"));
    return std::move(steps_);
  }

 private:
  void body(const Json& statements) {
    ++depth_;
    for (const Json& each : statements) {
      const bool is_end = depth_ == 1 && &each == &statements.back();
      statement(each.begin().key(), each.begin().value(), is_end);
    }
    --depth_;
  }

  void statement(const std::string& kind, const Json& node, bool is_end) {
    if (kind == "PLpgSQL_stmt_block") {
      block(node);
    } else if (kind == "PLpgSQL_stmt_execsql" && !node.value("into", false)) {
      steps_.push_back({.sql = query_of(node, "sqlstmt")});
    } else if (kind == "PLpgSQL_stmt_perform") {
      steps_.push_back({.sql = query_of(node, "expr")});
    } else if (kind == "PLpgSQL_stmt_dynexecute") {
      execute(node);
    } else if (kind == "PLpgSQL_stmt_if") {
      question(node);
    } else if (!is_idle(kind, node) && !(kind == "PLpgSQL_stmt_return" && is_end)) {
      throw Unfollowed{"a DO block with " + words_of(kind) + " is not followed"};
    }
  }

  /// "LOOP", "FORS": for reasons.
  static std::string words_of(const std::string& kind) {
    std::string word = kind.substr(kind.rfind('_') + 1);
    std::transform(word.begin(), word.end(), word.begin(), [](char letter) {
      return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
    });
    return word;
  }

  /// NULL leaves no trace in the tree.
  static bool is_idle(const std::string& kind, const Json& node) {
    const Json& parameters = list_at(node, "params");
    return kind == "PLpgSQL_stmt_raise" && node.value("elog_level", kError) < kError &&
           std::all_of(parameters.begin(), parameters.end(), [](const Json& parameter) {
             const std::string text = parameter.at("PLpgSQL_expr").at("query");
             return text == "SQLERRM" || text == "sqlerrm" || text == "SQLSTATE" ||
                    text == "sqlstate";
           });
  }

  void execute(const Json& node) {
    const auto text = constant_of(query_of(node, "query"));
    if (!text.has_value() || node.value("into", false)) {
      throw Unfollowed{"a DO block that EXECUTEs what it puts together is not followed"};
    }
    steps_.push_back({.sql = *text});
  }

  void block(const Json& node) {
    if (!node.contains("exceptions")) {
      return body(list_at(node, "body"));
    }
    const std::size_t before = steps_.size();
    body(list_at(node, "body"));
    std::vector<std::string> handled = handled_of(node.at("exceptions"));
    if (steps_.size() != before + 1 || steps_.back().conditional()) {
      throw_unfollowed_error();
    }
    steps_.back().handled = std::move(handled);
  }

  [[noreturn]] static void throw_unfollowed_error() {
    throw Unfollowed{"what a DO block does after an error is not followed"};
  }

  /// The conditions of all handlers, which must be about presence and do nothing.
  static std::vector<std::string> handled_of(const Json& exceptions) {
    std::vector<std::string> handled;
    for (const Json& handler : list_at(exceptions.at("PLpgSQL_exception_block"), "exc_list")) {
      const Json& exception = handler.at("PLpgSQL_exception");
      for (const Json& condition : exception.at("conditions")) {
        handled.push_back(condition.at("PLpgSQL_condition").value("condname", ""));
        if (std::find(kAboutPresence.begin(), kAboutPresence.end(), handled.back()) ==
            kAboutPresence.end()) {
          throw_unfollowed_error();
        }
      }
      for (const Json& each : list_at(exception, "action")) {
        if (!is_idle(each.begin().key(), each.begin().value())) {
          throw_unfollowed_error();
        }
      }
    }
    return handled;
  }

  void question(const Json& node) {
    const std::size_t before = steps_.size();
    body(list_at(node, "then_body"));
    const bool plain = list_at(node, "elsif_list").empty() && list_at(node, "else_body").empty();
    if (!plain || steps_.size() != before + 1 || steps_.back().conditional()) {
      throw Unfollowed{"which way a DO block takes is decided when it runs"};
    }
    steps_.back().condition = query_of(node, "cond");
  }

  std::vector<ProgramStep> steps_ = {};
  int depth_ = 0;
};

/// The SQL of one node, if it is a statement that is sent as it stands there.
std::optional<std::string> sql_of(const std::string& kind, const Json& node) {
  if (kind == "PLpgSQL_stmt_execsql") {
    return query_of(node, "sqlstmt");
  }
  return kind == "PLpgSQL_stmt_dynexecute" ? constant_of(query_of(node, "query")) : std::nullopt;
}

/// Wherever they stand.
void collect_constants(const Json& node, std::vector<std::string>& constants) {
  if (!node.is_structured()) {
    return;
  }
  for (const auto& [key, value] : node.items()) {
    if (auto sql = sql_of(key, value)) {
      constants.push_back(*std::move(sql));
    }
    collect_constants(value, constants);
  }
}

}  // namespace

Program read_program(const std::string& sql) {
  Program program;
  try {
    const Json functions = parse_plpgsql(sql);
    collect_constants(functions, program.constants);
    program.steps = ProgramReader().read(functions.at(0).at("PLpgSQL_function"));
  } catch (const Unfollowed& unfollowed) {
    program.opaque = unfollowed.reason;
  } catch (const Json::exception&) {
    program.opaque = "its program has a form that is not known";
  }
  return program;
}

}  // namespace medusa
