// SPDX-License-Identifier: MIT
#include "medusa/plan/renaming.hpp"

#include <filesystem>
#include <set>

#include "medusa/core/text.hpp"

namespace medusa {

namespace {

std::string quoted(const std::string& text, char quote) {
  std::string result(1, quote);
  for (const char c : text) {
    result += c == quote ? std::string(2, c) : std::string(1, c);
  }
  return result + quote;
}

}  // namespace

Renamings::Renamings(const Catalog& catalog, const History& history, const Recordings& recordings) {
  std::set<std::int64_t> ambiguous;
  for (const AppliedMigration& row : history.rows()) {
    if (catalog.find(row.name) != nullptr) {
      continue;
    }
    if (!by_timestamp_.emplace(row.timestamp, Renaming{.applied = row}).second) {
      ambiguous.insert(row.timestamp);
    }
  }
  if (by_timestamp_.empty()) {
    return;
  }
  for (const Migration& migration : catalog.migrations()) {
    const auto found = by_timestamp_.find(migration.timestamp);
    if (found == by_timestamp_.end() || !migration.enabled || history.contains(migration.name)) {
      continue;
    }
    if (found->second.migration != nullptr) {
      ambiguous.insert(migration.timestamp);
    }
    found->second.migration = &migration;
  }
  std::erase_if(by_timestamp_, [&](const auto& entry) {
    return entry.second.migration == nullptr || ambiguous.contains(entry.first);
  });
  for (auto& [timestamp, renaming] : by_timestamp_) {
    if (const Recording* recording = recordings.of(renaming.applied)) {
      renaming.recorded = true;
      renaming.same_sql =
          !recording->checksum.empty() && recording->checksum == renaming.migration->up_checksum;
    }
    now_.emplace(renaming.migration->name, timestamp);
    then_.emplace(renaming.applied.name, timestamp);
  }
}

const Renaming* Renamings::of(const std::string& name) const {
  const auto found = now_.find(name);
  return found == now_.end() ? nullptr : &by_timestamp_.at(found->second);
}

const Renaming* Renamings::from(const std::string& applied) const {
  const auto found = then_.find(applied);
  return found == then_.end() ? nullptr : &by_timestamp_.at(found->second);
}

std::string old_name_hint(const Renaming& renaming) {
  const std::string& old = renaming.applied.name;
  const std::string digits = std::to_string(renaming.applied.timestamp);
  if (renaming.migration->kind != MigrationKind::Sql || !old.ends_with(digits)) {
    return "rename the class back to '" + old + "'";
  }
  // Any file of that form gives the name back: see class_case.
  const std::filesystem::path source = renaming.migration->source;
  const std::string file = digits + '-' + old.substr(0, old.size() - digits.size()) + ".sql";
  return "mv " + shell_word(source.string()) + ' ' +
         shell_word((source.parent_path() / file).string());
}

std::string new_name_sql(const Renaming& renaming, const std::string& schema) {
  const std::string set = " SET name = " + quoted(renaming.migration->name, '\'');
  const std::string tables = "UPDATE " + quoted(schema, '"') + '.';
  std::string sql =
      tables + "migrations" + set + " WHERE id = " + std::to_string(renaming.applied.id) + ';';
  if (renaming.recorded) {
    sql += ' ' + tables + "medusa_migration" + set +
           " WHERE name = " + quoted(renaming.applied.name, '\'') + ';';
  }
  return sql;
}

Diagnostic renaming_refusal(const Renaming& renaming, const std::string& schema) {
  return {.code = ErrorCode::Plan,
          .message = renaming.migration->id() + " was applied already, as " + renaming.applied.name,
          .location = Location{.file = renaming.migration->source},
          .notes = {"both have one timestamp and send the same SQL, and " + renaming.applied.name +
                        " is in no member any more: it was renamed, and would run again",
                    "to keep the new name, tell the database: " + new_name_sql(renaming, schema)},
          .hint = old_name_hint(renaming)};
}

}  // namespace medusa
