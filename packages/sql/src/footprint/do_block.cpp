// SPDX-License-Identifier: MIT
// DO blocks, as far as what they do is decided by their text and by what is there.
#include <algorithm>
#include <iterator>
#include <string_view>

#include "medusa/core/error.hpp"
#include "medusa/sql/error_condition.hpp"

#include "footprint/deparse.hpp"
#include "footprint/families.hpp"
#include "footprint/presence.hpp"
#include "footprint/program.hpp"
#include "parse.hpp"

namespace medusa {

namespace {

bool is_plpgsql(const PgQuery__DoStmt& block) {
  const NodeList options = list(block.n_args, block.args);
  return std::none_of(options.begin(), options.end(), [](const Node* node) {
    return std::string_view(node->def_elem->defname) == "language" &&
           string_of(node->def_elem->arg) != "plpgsql";
  });
}

/// Whether the statement changes one thing, so that all of it happens, or nothing.
bool is_single(const Node& statement) {
  return statement.node_case != PG_QUERY__NODE__NODE_ALTER_TABLE_STMT ||
         statement.alter_table_stmt->n_cmds == 1;
}

/// What the statement is about: the first thing that it creates, changes or drops.
const Effect* subject_of(const StatementFootprint& footprint) {
  const auto found =
      std::find_if(footprint.effects.begin(), footprint.effects.end(), [](const Effect& effect) {
        return effect.action != Action::Need && effect.action != Action::Read;
      });
  return found == footprint.effects.end() ? nullptr : &*found;
}

bool changes_rows(const StatementFootprint& footprint) {
  return std::any_of(footprint.effects.begin(), footprint.effects.end(), [](const Effect& effect) {
    return effect.action == Action::Write;
  });
}

/// Whether nothing but the subject decides whether PostgreSQL takes the statement: it is refused
/// for one of these reasons where that is there already, or is not.
bool hangs_on(const Effect& subject,
              const std::vector<std::string>& handled,
              const StatementFootprint& footprint) {
  const bool creates = subject.action == Action::Create;
  const std::string_view own = creates ? duplicate_condition(subject.object.kind)
                                       : undefined_condition(subject.action, subject.object.kind);
  return std::find(handled.begin(), handled.end(), own) != handled.end() &&
         std::all_of(handled.begin(),
                     handled.end(),
                     [&](const std::string& condition) {
                       return condition == own || creates == condition.starts_with("duplicate_");
                     }) &&
         // The name of an index may be what is taken.
         std::count_if(
             footprint.effects.begin(), footprint.effects.end(), [](const Effect& effect) {
               return effect.action == Action::Create &&
                      namespace_of(effect.object.kind) == Namespace::Relation &&
                      !effect.generated_name;
             }) <= 1;
}

bool has_conditions(const StatementFootprint& footprint) {
  return footprint.guard.has_value() ||
         std::any_of(footprint.effects.begin(), footprint.effects.end(), [](const Effect& effect) {
           return effect.conditional;
         });
}

class BlockReader {
 public:
  BlockReader(Effects& effects, std::size_t steps) : effects_(effects), steps_(steps) {}

  void read(const ProgramStep& step) {
    const ParseTree tree = parse(step.sql);
    if (step.conditional() && tree->n_stmts != 1) {
      return effects_.opaque("which way a DO block takes is decided when it runs");
    }
    for (std::size_t i = 0; i < tree->n_stmts; ++i) {
      read(step, *tree->stmts[i]->stmt);
    }
  }

 private:
  void read(const ProgramStep& step, Node& statement) {
    StatementFootprint inner;
    Effects inside(effects_.session(), inner);
    read_statement(inside, statement);
    if (inner.guard.has_value() && steps_ > 1) {
      return effects_.opaque("a DO block with several statements, one of them with IF EXISTS");
    }
    if (step.conditional() && !make_conditional(step, statement, inner)) {
      return effects_.opaque("which way a DO block takes is decided when it runs");
    }
    hand_over(std::move(inner));
  }

  /// Makes it happen as a whole or not at all, by the question or the handler that it stands in.
  bool make_conditional(const ProgramStep& step,
                        const Node& statement,
                        StatementFootprint& footprint) const {
    const Effect* const subject = subject_of(footprint);
    if (subject == nullptr || changes_rows(footprint)) {
      return false;
    }
    if (!step.handled.empty() && steps_ == 1 && !has_conditions(footprint)) {
      footprint.handled = step.handled;
    } else if (!is_single(statement) ||
               !(step.handled.empty() ? asks_for_presence(step.condition, *subject)
                                      : hangs_on(*subject, step.handled, footprint))) {
      return false;
    }
    for (Effect& effect : footprint.effects) {
      effect.conditional = true;
    }
    return true;
  }

  void hand_over(StatementFootprint inner) {
    if (inner.guard.has_value()) {
      effects_.guard(inner.guard->object, inner.guard->must_exist);
    }
    for (Effect& effect : inner.effects) {
      effects_.add(std::move(effect));
    }
    for (ConstantText& text : inner.texts) {
      effects_.text(std::move(text));
    }
    StatementFootprint& whole = effects_.footprint();
    std::move(inner.arbiters.begin(), inner.arbiters.end(), std::back_inserter(whole.arbiters));
    std::move(inner.handled.begin(), inner.handled.end(), std::back_inserter(whole.handled));
    if (!inner.opaque.empty()) {
      effects_.opaque(inner.opaque);
    }
  }

  Effects& effects_;
  std::size_t steps_;
};

/// What each constant statement may do to an open shop, whether or not it comes to that.
void add_hazards(Effects& effects, const std::vector<std::string>& constants) {
  for (const std::string& sql : constants) {
    try {
      for (StatementFootprint& inner : FootprintReader(effects.session()).read(sql)) {
        std::vector<Hazard>& hazards = effects.footprint().hazards;
        std::move(inner.hazards.begin(), inner.hazards.end(), std::back_inserter(hazards));
      }
    } catch (const Error&) {  // NOLINT(bugprone-empty-catch): PostgreSQL would refuse it, too
    }
  }
}

}  // namespace

void run_block(Effects& effects, const PgQuery__DoStmt& block, Node& statement) {
  if (!is_plpgsql(block)) {
    return effects.opaque("a DO block in a language that is not read");
  }
  const Program program = read_program(deparse_statement(statement));
  add_hazards(effects, program.constants);
  if (!program.opaque.empty()) {
    return effects.opaque(program.opaque);
  }
  BlockReader reader(effects, program.steps.size());
  try {
    for (const ProgramStep& step : program.steps) {
      reader.read(step);
    }
  } catch (const Error&) {
    effects.opaque("a DO block runs SQL that cannot be read");
  }
}

}  // namespace medusa
