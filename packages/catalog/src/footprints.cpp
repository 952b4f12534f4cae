// SPDX-License-Identifier: MIT
#include "medusa/catalog/footprints.hpp"

#include <algorithm>
#include <set>
#include <string>

#include "medusa/core/error.hpp"
#include "medusa/sql/schema_question.hpp"

namespace medusa {

namespace {

void read_program(const LoweredProgram& program,
                  FootprintReader& reader,
                  bool conditional,
                  DirectionFootprint& direction);

/// A question looks whether a table, or something of it, is there.
StatementFootprint question_footprint(const LoweredStatement& statement) {
  const auto question = parse_schema_question(statement.sql);
  const std::string table = question.has_value() ? question->value_of("table_name") : std::string();
  if (table.empty()) {
    return {.opaque = "it asks the database how to go on"};
  }
  return {.effects = {{.action = Action::Read,
                       .object = {.kind = ObjectKind::Table, .name = table},
                       .conditional = true}}};
}

std::vector<StatementFootprint> statement_footprints(const LoweredStatement& statement,
                                                     FootprintReader& reader) {
  try {
    return reader.read(statement.sql);
  } catch (const Error&) {
    return {{.opaque = "PostgreSQL's parser does not accept it"}};
  }
}

void read_node(const LoweredNode& node,
               FootprintReader& reader,
               bool conditional,
               DirectionFootprint& direction) {
  std::vector<StatementFootprint> footprints = node.is_question
                                                   ? std::vector{question_footprint(node.statement)}
                                                   : statement_footprints(node.statement, reader);
  for (StatementFootprint& footprint : footprints) {
    for (Effect& effect : footprint.effects) {
      effect.conditional = effect.conditional || conditional;
    }
    direction.statements.push_back(std::move(footprint));
    direction.places.push_back(node.statement.place);
    direction.asked.push_back(conditional);
  }
  read_program(node.yes, reader, true, direction);
  read_program(node.no, reader, true, direction);
}

// As deep as the recorder's bound on questions.
void read_program(const LoweredProgram& program,
                  FootprintReader& reader,
                  bool conditional,
                  DirectionFootprint& direction) {
  for (const LoweredNode& node : program) {
    read_node(node, reader, conditional, direction);
  }
}

bool is_about_rows(HazardRule rule) {
  return rule != HazardRule::TransactionControl && rule != HazardRule::NameTruncated;
}

/// Most statements are about tables that the same migration creates: nothing is in those, and
/// planning need not read that again.
void leave_out_new_tables(std::vector<StatementFootprint>& statements) {
  std::set<std::string> created;
  for (StatementFootprint& statement : statements) {
    std::erase_if(statement.hazards, [&](const Hazard& hazard) {
      return is_about_rows(hazard.rule) && created.contains(hazard.table.text());
    });
    for (const Effect& effect : statement.effects) {
      if (effect.object.kind != ObjectKind::Table) {
        continue;
      }
      if (effect.action == Action::Create && !effect.conditional) {
        created.insert(effect.object.text());
      } else if (effect.action == Action::Drop || effect.action == Action::Rename) {
        created.erase(effect.object.text());
      }
    }
  }
}

}  // namespace

std::string DirectionFootprint::doubt() const {
  const auto doubtful =
      std::find_if(statements.begin(), statements.end(), [](const StatementFootprint& statement) {
        return !statement.opaque.empty();
      });
  return doubtful == statements.end() ? std::string() : doubtful->opaque;
}

DirectionFootprint footprint_of(const Lowering& lowering) {
  if (!lowering.program.has_value()) {
    return {
        .statements = {{.opaque = lowering.reason}}, .places = {lowering.place}, .asked = {false}};
  }
  DirectionFootprint direction;
  FootprintReader reader;
  read_program(*lowering.program, reader, false, direction);
  leave_out_new_tables(direction.statements);
  return direction;
}

}  // namespace medusa
