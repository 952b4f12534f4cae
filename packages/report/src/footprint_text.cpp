// SPDX-License-Identifier: MIT
#include "footprint_text.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "medusa/core/error.hpp"
#include "medusa/core/text.hpp"

namespace medusa {

namespace {

std::string object_text(const ObjectRef& object) {
  return std::string(to_string(object.kind)) + ' ' + object.text();
}

bool is_relation(ObjectKind kind) {
  return namespace_of(kind) == namespace_of(ObjectKind::Table);
}

/// Whether the effect makes a part of a table that the same statement creates.
bool makes_part_of(const Effect& effect, const ObjectRef& table) {
  if (effect.action != Action::Create || effect.object == table) {
    return false;
  }
  return std::any_of(effect.depends_on.begin(),
                     effect.depends_on.end(),
                     [&](const Effect::Dependency& dependency) {
                       return dependency.owned && dependency.object.name == table.name &&
                              dependency.object.schema == table.schema;
                     }) ||
         (!effect.object.part.empty() && effect.object.name == table.name &&
          effect.object.schema == table.schema);
}

class FootprintText {
 public:
  std::vector<std::string> take() { return std::move(lines_); }

  void add(const LoweredProgram& program, FootprintReader reader) {
    for (const LoweredNode& node : program) {
      try {
        for (const StatementFootprint& statement : reader.read(node.statement.sql)) {
          add(statement);
        }
      } catch (const Error&) {  // lowered programs parse; if one did not, this says so
        add_line("its effects are not known: it does not parse");
      }
      add(node.yes, reader);
      add(node.no, reader);
    }
  }

 private:
  void add(const StatementFootprint& statement) {
    const ObjectRef* table = nullptr;
    for (const Effect& effect : statement.effects) {
      if (effect.action == Action::Create && effect.object.kind == ObjectKind::Table) {
        table = &effect.object;
      }
    }
    for (const Effect& effect : statement.effects) {
      const bool is_own = effect.action != Action::Create && effect.action != Action::Drop &&
                          effect.action != Action::Rename && created_.contains(effect.object);
      if ((table == nullptr || !makes_part_of(effect, *table)) && !is_own) {
        add_line(line_of(effect, statement));
      }
      if (effect.action == Action::Create) {
        created_.insert(effect.object);
      }
    }
    if (!statement.opaque.empty()) {
      add_line("its effects are not known: " + statement.opaque);
    }
  }

  static std::string line_of(const Effect& effect, const StatementFootprint& statement) {
    std::string line = std::string(verb_of(effect.action)) + object_text(effect.object);
    const auto columns =
        std::count_if(statement.effects.begin(), statement.effects.end(), [&](const Effect& other) {
          return other.object.kind == ObjectKind::Column && makes_part_of(other, effect.object);
        });
    if (effect.action == Action::Create && is_relation(effect.object.kind) && columns > 0) {
      line += " (" + plural(static_cast<std::size_t>(columns), "column") + ')';
    }
    if (effect.renamed_to.has_value()) {
      line += " to " + effect.renamed_to->text();
    }
    if ((effect.action == Action::Alter || effect.action == Action::Write) &&
        !effect.definition.empty()) {
      line += ": " + effect.definition;
    }
    if (effect.cascade) {
      line += ", and what depends on it";
    }
    if (effect.conditional && effect.action != Action::Need) {
      line += effect.action == Action::Create ? ", unless it is there" : ", if it is there";
    }
    return line;
  }

  void add_line(const std::string& line) {
    if (seen_.insert(line).second) {
      lines_.push_back(line);
    }
  }

  std::vector<std::string> lines_;
  std::set<std::string> seen_;
  std::set<ObjectRef> created_;
};

}  // namespace

std::string_view verb_of(Action action) {
  switch (action) {
    case Action::Create:
      return "creates ";
    case Action::Need:
      return "needs ";
    case Action::Alter:
      return "changes ";
    case Action::Rename:
      return "renames ";
    case Action::Drop:
      return "drops ";
    case Action::Read:
      return "reads ";
    case Action::Write:
      break;
  }
  return "writes ";
}

std::vector<std::string> footprint_lines(const LoweredProgram& program) {
  FootprintText text;
  text.add(program, FootprintReader());
  return text.take();
}

}  // namespace medusa
