// SPDX-License-Identifier: MIT
#include "lowering.hpp"

#include <algorithm>

#include "medusa/core/checksum.hpp"
#include "medusa/sql/parameters.hpp"
#include "medusa/sql/statement.hpp"
#include "medusa/system/files.hpp"

namespace medusa {

namespace fs = std::filesystem;

namespace {

std::string indented(const std::string& text, std::size_t depth) {
  const std::string margin(depth * 2, ' ');
  std::string result = margin;
  for (const char c : text) {
    result += c;
    if (c == '\n') {
      result += margin;
    }
  }
  return result;
}

std::string statement_text(const LoweredStatement& statement) {
  std::string text = statement.parameters.has_value()
                         ? render_parameters(statement.sql, *statement.parameters)
                         : statement.sql;
  const std::size_t end = text.find_last_not_of(" \t\r\n");
  text.erase(end == std::string::npos ? 0 : end + 1);
  return text.ends_with(';') ? text : text + ';';
}

void append_program(std::string& text, const LoweredProgram& program, std::size_t depth) {
  for (const LoweredNode& node : program) {
    if (!node.is_question) {
      text += indented(statement_text(node.statement), depth) + '\n';
      continue;
    }
    text += indented("-- asked: " + statement_text(node.statement), depth) + '\n';
    text += indented("-- if there is a row:", depth) + '\n';
    append_program(text, node.yes, depth + 1);
    text += indented("-- else:", depth) + '\n';
    append_program(text, node.no, depth + 1);
  }
}

std::string readable(const std::string& name, const Lowering& lowering) {
  std::string text = "-- " + name + '\n';
  if (lowering.program.has_value()) {
    append_program(text, *lowering.program, 0);
  } else {
    text += "-- dynamic: " + lowering.reason + '\n';
  }
  return text;
}

void note(const LoweredMigration& lowered, ManifestEntry& entry) {
  const auto found = std::find_if(
      entry.migrations.begin(), entry.migrations.end(),
      [&](const DescribedMigration& migration) { return migration.name == lowered.name; });
  if (found == entry.migrations.end()) {
    return;
  }
  found->dynamic_up = lowered.up.reason;
  found->dynamic_down = lowered.down.reason;
}

void look_at(const LoweredProgram& program, std::vector<Diagnostic>& found) {
  for (const LoweredNode& node : program) {
    try {
      (void)split_statements(node.statement.sql);
    } catch (const Error& error) {
      Diagnostic diagnostic = error.first();
      diagnostic.notes.push_back("in: " + node.statement.sql.substr(0, 200));
      diagnostic.location = node.statement.place;
      found.push_back(diagnostic);
    }
    look_at(node.yes, found);
    look_at(node.no, found);
  }
}

}  // namespace

fs::path lowered_stem(const fs::path& folder, const fs::path& output) {
  return folder / fs::path(output).replace_extension();
}

void write_lowering(const RecordedModule& module, const fs::path& folder, ManifestEntry& entry) {
  const std::string stem = lowered_stem(folder, entry.output).string();
  const std::string programs = to_json(module.migrations);
  std::string up;
  std::string down;
  for (const LoweredMigration& migration : module.migrations) {
    note(migration, entry);
    up += readable(migration.name, migration.up);
    down += readable(migration.name, migration.down);
  }
  write_file(stem + ".lowered.json", programs);
  write_file(stem + ".up.sql", up);
  write_file(stem + ".down.sql", down);
  entry.lowered_checksum = sha256(programs);
}

std::vector<Diagnostic> suspicious_statements(const RecordedModule& module) {
  std::vector<Diagnostic> found;
  for (const LoweredMigration& migration : module.migrations) {
    for (const Lowering* lowering : {&migration.up, &migration.down}) {
      if (lowering->program.has_value()) {
        look_at(*lowering->program, found);
      }
    }
  }
  return found;
}

}  // namespace medusa
