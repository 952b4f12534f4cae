// SPDX-License-Identifier: MIT
#include "medusa/report/verification_report.hpp"

#include <algorithm>

#include "medusa/core/text.hpp"
#include "medusa/plan/edited_statement.hpp"

#include "difference.hpp"
#include "display_width.hpp"
#include "json.hpp"
#include "origin.hpp"
#include "other_name.hpp"
#include "shown_path.hpp"
#include "text_diff.hpp"

namespace medusa {

namespace {

std::string name_of(const StatusRow& row) {
  if (row.migration.has_value()) {
    return row.migration->id();
  }
  return row.recording.has_value() ? row.recording->member + '/' + row.name : row.name;
}

Style style_of(std::string_view line) {
  if (line.starts_with("@@")) {
    return Style::Accent;
  }
  if (line.starts_with('+')) {
    return Style::Good;
  }
  return line.starts_with('-') ? Style::Bad : Style::Plain;
}

std::string coloured(const std::string& diff, const Look& look) {
  std::string text;
  for (const std::string_view line : lines(diff)) {
    text += look.styled(printable(line), style_of(line)) + '\n';
  }
  return text;
}

/// Empty if one side's SQL is not known.
std::string diff_of(const ChangedMigration& changed) {
  const auto& recording = changed.row.recording;
  if (changed.sql.empty() || !recording.has_value() || !recording->sql.has_value()) {
    return {};
  }
  return unified_diff(*recording->sql, changed.sql);
}

std::string headline(std::string_view state,
                     const StatusRow& row,
                     std::string_view remark,
                     const Look& look) {
  return look.styled(state, Style::StrongBad) + ' ' +
         look.styled(printable(name_of(row)), Style::Strong) + ": " + std::string(remark) + '\n';
}

std::string difference_text(const ChangedMigration& changed, const Look& look) {
  const std::string diff = diff_of(changed);
  if (!diff.empty()) {
    return look.styled("--- recorded", Style::Strong) + '\n' +
           look.styled("+++ " + printable(shown_path(changed.row.migration->source)),
                       Style::Strong) +
           '\n' + coloured(diff, look);
  }
  return changed.row.comparison == Comparison::SqlDiffers
             ? "  it reads the same: what differs is how it is sent, or space inside a literal\n"
             : "";
}

std::string changed_text(const ChangedMigration& changed, const Look& look) {
  std::string text =
      headline("changed", changed.row, difference_in_words(changed.row.comparison), look);
  if (changed.row.recording.has_value()) {
    text +=
        "  " + look.styled(printable(origin_in_words(*changed.row.recording)), Style::Faint) + '\n';
  }
  return text + difference_text(changed, look) + '\n';
}

std::string missing_text(const StatusRow& row, const Look& look) {
  const std::string remark = row.other_name.has_value()
                                 ? other_name_in_words(row)
                                 : std::string("it is applied, and in no member");
  std::string text = headline("missing", row, remark, look);
  if (row.recording.has_value()) {
    text += "  " + look.styled(printable(origin_in_words(*row.recording)), Style::Faint) + '\n';
  }
  return text + '\n';
}

std::string failed_text(const StatusRow& row, const Look& look) {
  std::string text =
      headline("failed",
               row,
               (row.migration.has_value() ? "" : "in no member, ") + half_done_text(*row.begun),
               look);
  if (const auto& edited = row.begun->edited) {
    text += "  sent then: " + printable(edited->then) + '\n';
    text += edited->now.empty() ? "" : "  it is now: " + printable(edited->now) + '\n';
  }
  return text + '\n';
}

std::string summary_text(const Verification& verification) {
  std::vector<std::string> parts;
  const auto add = [&](std::size_t count, const std::string& what) {
    if (count > 0) {
      parts.push_back(std::to_string(count) + ' ' + what);
    }
  };
  add(verification.same, "the same");
  add(verification.changed.size(), "changed");
  add(verification.missing.size(), "missing");
  add(verification.not_comparable, "not comparable");
  add(verification.not_recorded, "not recorded");
  return std::to_string(verification.applied) + " applied" +
         (verification.baseline == 0
              ? ""
              : " (" + std::to_string(verification.baseline) + " by baseline)") +
         (parts.empty() ? "" : ": " + join(parts, ", ")) +
         (verification.failed.empty() ? ""
                                      : "; " + std::to_string(verification.failed.size()) +
                                            " half done outside a transaction");
}

/// What to do about one that is half done.
std::string failed_hint(const StatusRow& row) {
  const BegunMigration& begun = *row.begun;
  const std::string name = printable(name_of(row));
  if (begun.edited.has_value()) {
    const Diagnostic refusal = edit_refusal(begun, row.name);
    return name + " cannot go on: " + printable(refusal.hint);
  }
  if (!begun.command.empty()) {
    return name + " goes on behind what is done of it: " + begun.command;
  }
  return name + " cannot go on: " +
         (row.migration.has_value() ? "turn on its feature flag"
                                    : "bring back the file (or the plugin) that ships it") +
         "; or undo what it did, then have it forgotten: " + printable(begun.clearing);
}

/// What the words of the summary mean, where they are used, and what to do.
void explain(const Verification& verification, Terminal& terminal) {
  if (!verification.changed.empty()) {
    terminal.note(
        "what is applied never runs again: restore the migration as it was, and put what is new "
        "into a new one (medusa migrations create)");
  }
  const auto renamed = static_cast<std::size_t>(std::count_if(
      verification.missing.begin(), verification.missing.end(), [](const StatusRow& row) {
        return row.other_name.has_value();
      }));
  if (verification.missing.size() > renamed) {
    terminal.note("what is missing cannot be reverted: bring back the file or the plugin");
  }
  if (renamed > 0) {
    terminal.note(
        "TypeORM knows migrations by name, so what was renamed would run again: medusa migrations "
        "plan says how to go back, or on");
  }
  for (const StatusRow& row : verification.failed) {
    terminal.note(failed_hint(row));
  }
  if (verification.not_comparable > 0) {
    terminal.note(
        "not comparable: their SQL is known only when they run, and their package came built");
  }
  if (verification.baseline > 0) {
    terminal.note("by baseline: recorded as applied, but they never ran here");
  }
  if (verification.not_recorded > 0) {
    terminal.note(
        "not recorded: applied by Medusa's command or an older version of this one, which did not "
        "note what ran; nothing can be said about them");
  }
}

void render_text(const Verification& verification,
                 const std::vector<ChangedMigration>& changed,
                 Terminal& terminal) {
  const Look look = terminal.answer_look();
  std::string text;
  for (const ChangedMigration& migration : changed) {
    text += changed_text(migration, look);
  }
  for (const StatusRow& row : verification.missing) {
    text += missing_text(row, look);
  }
  for (const StatusRow& row : verification.failed) {
    text += failed_text(row, look);
  }
  terminal.answer(text + summary_text(verification));
  explain(verification, terminal);
}

Json recording_json(const std::optional<Recording>& recording) {
  if (!recording.has_value()) {
    return nullptr;
  }
  return {{"member", recording->member},
          {"member_version", text_or_null(recording->member_version)},
          {"applied_at", recording->applied_at},
          {"upgrade", recording->upgrade},
          {"baseline", recording->baseline},
          {"sql", value_or_null(recording->sql)}};
}

Json problem_json(const StatusRow& row) {
  const bool resolved = row.migration.has_value();
  return {{"member", resolved ? Json(row.migration->member) : Json(nullptr)},
          {"name", row.name},
          {"timestamp", row.timestamp},
          {"state", to_string(row.state)},
          {"id", value_or_null(row.id)},
          {"source", resolved ? Json(row.migration->source) : Json(nullptr)},
          {"difference", text_or_null(difference_key(row.comparison))},
          {"other_name", other_name_json(row)},
          {"recorded", recording_json(row.recording)},
          {"begun", begun_json(row.begun)}};
}

Json json_of(const Verification& verification, const std::vector<ChangedMigration>& changed) {
  Json problems = Json::array();
  for (const ChangedMigration& migration : changed) {
    Json problem = problem_json(migration.row);
    problem["sql"] = text_or_null(migration.sql);
    problem["diff"] = text_or_null(diff_of(migration));
    problems.push_back(std::move(problem));
  }
  for (const std::vector<StatusRow>* rows : {&verification.missing, &verification.failed}) {
    for (const StatusRow& row : *rows) {
      Json problem = problem_json(row);
      problem["sql"] = nullptr;
      problem["diff"] = nullptr;
      problems.push_back(std::move(problem));
    }
  }
  return {{"ok", verification.ok()},
          {"problems", std::move(problems)},
          {"summary",
           {{"applied", verification.applied},
            {"same", verification.same},
            {"changed", verification.changed.size()},
            {"missing", verification.missing.size()},
            {"failed", verification.failed.size()},
            {"not_comparable", verification.not_comparable},
            {"not_recorded", verification.not_recorded},
            {"baseline", verification.baseline}}}};
}

}  // namespace

void render_verification(const Verification& verification,
                         const std::vector<ChangedMigration>& changed,
                         Terminal& terminal) {
  if (terminal.format() == OutputFormat::Json) {
    terminal.answer(one_line(json_of(verification, changed)));
  } else {
    render_text(verification, changed, terminal);
  }
}

}  // namespace medusa
