// SPDX-License-Identifier: MIT
#include "medusa/sql/migration_file.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>

#include "medusa/core/text.hpp"
#include "medusa/sql/hazard_allowance.hpp"
#include "medusa/sql/position.hpp"

#include "order_lines.hpp"
#include "scan.hpp"

namespace medusa {

namespace {

constexpr std::string_view kMarker = "migrate:";
constexpr std::size_t kTimestampDigits = 13;

/// A `-- migrate:...` line and the SQL that follows it.
struct Section {
  std::string_view direction;
  std::string_view options;
  std::size_t marker = 0;  ///< Where the comment begins.
  std::size_t begin = 0;   ///< Where its SQL begins.
  std::size_t end = 0;
};

Error problem(std::string_view content, std::size_t offset, std::string message, std::string hint) {
  return Error({.code = ErrorCode::Build,
                .message = std::move(message),
                .location = position_at(content, offset),
                .hint = std::move(hint)});
}

std::optional<Section> marker_of(std::string_view content, const Token& token) {
  if (!token.is_comment) {
    return std::nullopt;
  }
  std::string_view comment = content.substr(token.begin, token.end - token.begin);
  if (!comment.starts_with("--")) {
    return std::nullopt;
  }
  comment = trim(comment.substr(2));
  if (!comment.starts_with(kMarker)) {
    return std::nullopt;
  }
  comment.remove_prefix(kMarker.size());
  const std::size_t blank = comment.find_first_of(" \t");
  return Section{
      .direction = comment.substr(0, blank),
      .options = blank == std::string_view::npos ? std::string_view{} : trim(comment.substr(blank)),
      .marker = token.begin,
      .begin = token.end};
}

std::vector<Section> find_sections(std::string_view content) {
  std::vector<Section> sections;
  for (const Token& token : scan(content)) {
    if (auto section = marker_of(content, token)) {
      if (!sections.empty()) {
        sections.back().end = token.begin;
      }
      sections.push_back(*section);
    } else if (sections.empty() && !token.is_comment) {
      throw problem(content,
                    token.begin,
                    "SQL before the first section of the migration",
                    "begin the file with a line '-- migrate:up'");
    }
  }
  if (!sections.empty()) {
    sections.back().end = content.size();
  }
  return sections;
}

std::optional<bool> transaction_option(std::string_view content, const Section& section) {
  if (section.options.empty()) {
    return std::nullopt;
  }
  if (section.options == "transaction:false") {
    return false;
  }
  if (section.options == "transaction:true") {
    return true;
  }
  throw problem(content,
                section.marker,
                "unknown option '" + std::string(section.options) + "' of a section",
                "the only option is transaction:false");
}

std::vector<Statement> statements_of(std::string_view content, const Section& section) {
  try {
    std::vector<Statement> statements =
        split_statements(content.substr(section.begin, section.end - section.begin));
    for (Statement& statement : statements) {
      statement.offset += section.begin;
    }
    return statements;
  } catch (const Error& error) {
    Diagnostic diagnostic = error.first();
    if (diagnostic.location.has_value()) {
      // Lines count from the section's marker line, where its SQL begins.
      diagnostic.location->line += position_at(content, section.begin).line - 1;
    }
    throw Error(diagnostic);
  }
}

}  // namespace

std::string class_case(std::string_view text) {
  // TypeORM: (" " + text).replace(/[\s-_](\w)/g, letter => letter.toUpperCase()), in ASCII here.
  const auto is_separator = [](char c) {
    return std::isspace(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_';
  };
  const auto is_word = [](char c) {
    return c == '_' || (static_cast<unsigned char>(c) < 0x80 &&
                        std::isalnum(static_cast<unsigned char>(c)) != 0);
  };
  const std::string blank_first = ' ' + std::string(text);
  std::string result;
  for (std::size_t i = 0; i < blank_first.size(); ++i) {
    const bool raises =
        is_separator(blank_first[i]) && i + 1 < blank_first.size() && is_word(blank_first[i + 1]);
    if (raises) {
      ++i;
      result += static_cast<char>(std::toupper(static_cast<unsigned char>(blank_first[i])));
    } else {
      result += blank_first[i];
    }
  }
  return result;
}

std::optional<SqlMigrationName> sql_migration_name(std::string_view file) {
  constexpr std::string_view kExtension = ".sql";
  std::string_view stem = file;
  stem.remove_prefix(stem.rfind('/') + 1);
  if (!stem.ends_with(kExtension)) {
    return std::nullopt;
  }
  stem.remove_suffix(kExtension.size());
  if (stem.size() < kTimestampDigits + 2 || stem[kTimestampDigits] != '-' ||
      !std::all_of(stem.begin(), stem.begin() + kTimestampDigits, [](unsigned char c) {
        return std::isdigit(c) != 0;
      })) {
    return std::nullopt;
  }
  SqlMigrationName result;
  std::from_chars(stem.data(), stem.data() + kTimestampDigits, result.timestamp);
  result.name =
      class_case(stem.substr(kTimestampDigits + 1)) + std::string(stem.substr(0, kTimestampDigits));
  return result;
}

SqlMigration parse_sql_migration(std::string_view content) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (content.starts_with(kByteOrderMark)) {
    // Blanks instead keep every offset right.
    return parse_sql_migration(std::string(kByteOrderMark.size(), ' ') +
                               std::string(content.substr(kByteOrderMark.size())));
  }
  HazardAllowances allowances = sql_allowances(content);
  if (!allowances.problems.empty()) {
    throw Error(std::move(allowances.problems));
  }
  SqlMigration migration{.order = read_order_lines(content),
                         .allowed_hazards = std::move(allowances.codes)};
  bool has_up = false;
  for (const Section& section : find_sections(content)) {
    if (section.direction == "up" && !has_up) {
      has_up = true;
      migration.up = statements_of(content, section);
      migration.transaction = transaction_option(content, section);
    } else if (section.direction == "down" && !migration.has_down) {
      migration.has_down = true;
      migration.down = statements_of(content, section);
      const std::optional<bool> transaction = transaction_option(content, section);
      migration.transaction =
          migration.transaction.has_value() ? migration.transaction : transaction;
    } else if (section.direction == "up" || section.direction == "down") {
      throw problem(content,
                    section.marker,
                    "a second '-- migrate:" + std::string(section.direction) + "' section",
                    "put all its statements into one section");
    } else {
      throw problem(content,
                    section.marker,
                    "unknown section '" + std::string(section.direction) + "'",
                    "sections are '-- migrate:up' and '-- migrate:down'");
    }
  }
  if (!has_up) {
    throw problem(content,
                  0,
                  "it has no '-- migrate:up' section",
                  "begin the file with a line '-- migrate:up'");
  }
  return migration;
}

}  // namespace medusa
