// SPDX-License-Identifier: MIT
#include "medusa/report/status_report.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "medusa/core/text.hpp"
#include "medusa/report/table.hpp"

#include "difference.hpp"
#include "json.hpp"
#include "other_name.hpp"

namespace medusa {

namespace {

/// How many rows are in a state.
class StateCounts {
 public:
  explicit StateCounts(const std::vector<StatusRow>& rows) {
    for (const StatusRow& row : rows) {
      ++counts_[static_cast<std::size_t>(row.state)];
      pending_ += is_pending(row) ? 1U : 0U;
      begun_ += is_pending(row) && row.state == MigrationState::Failed ? 1U : 0U;
    }
  }

  [[nodiscard]] std::size_t of(MigrationState state) const {
    return counts_[static_cast<std::size_t>(state)];
  }

  /// Changed ones are applied too.
  [[nodiscard]] std::size_t applied() const {
    return of(MigrationState::Applied) + of(MigrationState::Changed);
  }

  /// All that the next run would run; a late migration is pending too.
  [[nodiscard]] std::size_t pending() const { return pending_; }

  /// Of those.
  [[nodiscard]] std::size_t begun() const { return begun_; }

 private:
  std::array<std::size_t, static_cast<std::size_t>(MigrationState::Disabled) + 1> counts_{};
  std::size_t pending_ = 0;
  std::size_t begun_ = 0;
};

/// What a row looks like before one reads it; the brackets are TypeORM's.
struct Mark {
  std::string_view text = {};
  Style style = Style::Plain;
};

Mark mark_of(const StatusRow& row) {
  switch (row.state) {
    case MigrationState::Applied:
      return {.text = "[X]", .style = Style::Good};
    case MigrationState::Pending:
      return {.text = "[ ]", .style = Style::Caution};
    case MigrationState::Late:
      return {.text = "[ ]", .style = Style::StrongCaution};
    case MigrationState::Failed:
      return {.text = row.id.has_value() ? "[X]" : "[ ]", .style = Style::Bad};
    case MigrationState::Changed:
      return {.text = "[X]", .style = Style::StrongCaution};
    case MigrationState::Missing:
      return {.text = "[X]", .style = Style::Bad};
    case MigrationState::Disabled:
      break;
  }
  return {.text = "[-]", .style = Style::Faint};
}

bool is_baseline(const StatusRow& row) {
  return row.recording.has_value() && row.recording->baseline;
}

/// What there is to say beyond the columns.
std::string remark_on(const StatusRow& row) {
  std::vector<std::string> remarks;
  if (!row.migration.has_value() && !row.other_name.has_value()) {
    remarks.emplace_back("in no member of the workspace");
  }
  if (row.state == MigrationState::Changed) {
    remarks.emplace_back(difference_in_words(row.comparison));
  }
  if (row.state == MigrationState::Late) {
    remarks.emplace_back("older than what is applied");
  }
  if (is_baseline(row)) {
    remarks.emplace_back("baseline: never ran here");
  }
  if (row.other_name.has_value()) {
    remarks.push_back(other_name_in_words(row));
  }
  if (row.begun.has_value()) {
    remarks.push_back(half_done_text(*row.begun));
  }
  if (row.migration.has_value() && !row.migration->enabled && !row.id.has_value()) {
    remarks.push_back(row.migration->flags.empty() ? "its feature flag is off"
                                                   : "needs " + row.migration->flags);
  }
  if (row.migration.has_value() && row.migration->transaction == false) {
    remarks.emplace_back("no transaction");
  }
  return join(remarks, ", ");
}

std::string summary_text(const StateCounts& counts) {
  std::vector<std::string> parts{std::to_string(counts.applied()) + " applied"};
  if (const std::size_t changed = counts.of(MigrationState::Changed); changed > 0) {
    parts.back() += " (" + std::to_string(changed) + " changed)";
  }
  std::string pending =
      counts.pending() == 0 ? "nothing pending" : std::to_string(counts.pending()) + " pending";
  if (const std::size_t late = counts.of(MigrationState::Late); late > 0) {
    pending += " (" + std::to_string(late) + " late)";
  }
  if (counts.begun() > 0) {
    pending += " (" + std::to_string(counts.begun()) + " failed)";
  }
  parts.push_back(std::move(pending));
  if (const std::size_t failed = counts.of(MigrationState::Failed) - counts.begun(); failed > 0) {
    parts.push_back(std::to_string(failed) + " failed");
  }
  for (const MigrationState state : {MigrationState::Missing, MigrationState::Disabled}) {
    if (counts.of(state) > 0) {
      parts.push_back(std::to_string(counts.of(state)) + ' ' + std::string(to_string(state)));
    }
  }
  return join(parts, ", ");
}

std::string text_of(const std::vector<StatusRow>& rows, const Look& look) {
  if (rows.empty()) {
    return "no migrations";
  }
  std::vector<Column> columns{{.title = ""},
                              {.title = "state"},
                              {.title = "id", .align = Align::Right},
                              {.title = "migration", .fit = Fit::Shorten},
                              {.title = "member", .fit = Fit::Drop},
                              {.title = "kind", .fit = Fit::Drop},
                              {.title = "remark", .fit = Fit::Drop}};
  const bool has_remarks = std::any_of(
      rows.begin(), rows.end(), [](const StatusRow& row) { return !remark_on(row).empty(); });
  if (!has_remarks) {
    columns.pop_back();
  }
  Table table(std::move(columns));
  for (const StatusRow& row : rows) {
    const Mark mark = mark_of(row);
    std::vector<Cell> cells{
        {.text = std::string(mark.text), .style = mark.style},
        {.text = std::string(to_string(row.state)), .style = mark.style},
        {.text = row.id.has_value() ? std::to_string(*row.id) : "", .style = Style::Faint},
        {.text = row.name},
        {.text = row.migration.has_value() ? row.migration->member : "-"},
        {.text = row.migration.has_value() ? std::string(to_string(row.migration->kind)) : "-",
         .style = Style::Faint}};
    if (has_remarks) {
      cells.push_back({.text = remark_on(row)});
    }
    table.add_row(std::move(cells));
  }
  return table.text(look) + '\n' + summary_text(StateCounts(rows));
}

Json row_json(const StatusRow& row) {
  const Migration migration = row.migration.value_or(Migration{});
  const bool resolved = row.migration.has_value();
  return {{"member", text_or_null(migration.member)},
          {"name", row.name},
          {"timestamp", row.timestamp},
          {"kind", resolved ? Json(to_string(migration.kind)) : Json(nullptr)},
          {"state", to_string(row.state)},
          {"id", value_or_null(row.id)},
          {"difference", text_or_null(difference_key(row.comparison))},
          {"other_name", other_name_json(row)},
          {"source", text_or_null(migration.source)},
          {"flags", text_or_null(migration.flags)},
          {"transaction", value_or_null(migration.transaction)},
          {"baseline", is_baseline(row)},
          {"begun", begun_json(row.begun)}};
}

Json json_of(const std::vector<StatusRow>& rows) {
  Json migrations = Json::array();
  for (const StatusRow& row : rows) {
    migrations.push_back(row_json(row));
  }
  const StateCounts counts(rows);
  return {{"migrations", std::move(migrations)},
          {"summary",
           {{"applied", counts.applied()},
            {"changed", counts.of(MigrationState::Changed)},
            {"pending", counts.pending()},
            {"late", counts.of(MigrationState::Late)},
            {"failed", counts.of(MigrationState::Failed)},
            {"missing", counts.of(MigrationState::Missing)},
            {"disabled", counts.of(MigrationState::Disabled)}}}};
}

}  // namespace

void render_status(const std::vector<StatusRow>& rows, Terminal& terminal) {
  terminal.answer(terminal.format() == OutputFormat::Json ? one_line(json_of(rows))
                                                          : text_of(rows, terminal.answer_look()));
}

}  // namespace medusa
