// SPDX-License-Identifier: MIT
#include "medusa/report/explanation.hpp"

#include <string>
#include <utility>
#include <vector>

#include "medusa/core/text.hpp"

#include "cause_text.hpp"
#include "difference.hpp"
#include "display_width.hpp"
#include "footprint_text.hpp"
#include "json.hpp"
#include "origin.hpp"
#include "other_name.hpp"

namespace medusa {

namespace {

std::string place_of(const Location& place) {
  return place.line > 0 ? place.file.string() + ':' + std::to_string(place.line) : "";
}

std::string mode_of(const Lowering& lowering) {
  if (!lowering.program.has_value()) {
    const std::string place = place_of(lowering.place);
    return "dynamic: " + lowering.reason + (place.empty() ? "" : " (" + place + ")");
  }
  return "lowered: " + plural(statement_count(*lowering.program), "statement") +
         (lowering.needs_transaction ? ", in a transaction only" : "");
}

std::vector<std::string> effects_of(const Lowering& lowering) {
  return lowering.program.has_value() ? footprint_lines(*lowering.program)
                                      : std::vector<std::string>();
}

class Facts {
 public:
  explicit Facts(const Look& look) : look_(look) {}

  void add(const std::string& name, const std::string& value) {
    if (!value.empty()) {
      add(name, std::vector{value});
    }
  }

  /// A line for each value, the name before the first one.
  void add(const std::string& name, const std::vector<std::string>& values) {
    constexpr std::size_t kNameWidth = 11;
    std::string shown = name;
    for (const std::string& value : values) {
      text_ += "  " + look_.styled(shown, Style::Faint) +
               std::string(kNameWidth - shown.size(), ' ') + printable(value) + '\n';
      shown.clear();
    }
  }

  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  const Look& look_;
  std::string text_;
};

std::string state_text(const StatusRow& row) {
  std::string text(to_string(row.state));
  if (row.id.has_value()) {
    text += ", row " + std::to_string(*row.id);
  }
  if (row.state == MigrationState::Changed) {
    text += ": " + std::string(difference_in_words(row.comparison)) +
            " (medusa migrations verify shows how)";
  }
  if (row.other_name.has_value()) {
    text += ": " + other_name_in_words(row);
  }
  return text;
}

std::string history_text(const StatusRow& row) {
  if (row.recording.has_value()) {
    return origin_in_words(*row.recording);
  }
  return row.id.has_value() ? "applied by Medusa's command or an older version of this one, which "
                              "did not note when"
                            : "";
}

/// "step 3 of 9".
std::string position_text(const NextRun& next) {
  std::string text = next.position > 0 ? "step " + std::to_string(next.position) + " of " +
                                             std::to_string(next.steps)
                                       : "it has no place in it";
  if (next.refused) {
    text += next.refusals.empty()
                ? "; the run is refused because of others (medusa migrations plan)"
                : "; the run is refused";
  }
  return text;
}

std::string late_text(const LateVerdict& late) {
  using Kind = LateVerdict::Kind;
  if (late.kind == Kind::NotLate) {
    return {};
  }
  if (late.kind == Kind::Safe) {
    return "safe: it can be exchanged with everything newer that is applied";
  }
  return (late.kind == Kind::Unknown ? "unknown: " : "collides with " + late.other + ": ") +
         late.text;
}

std::vector<std::string> refusal_text(const std::vector<Diagnostic>& refusals) {
  std::vector<std::string> text;
  for (const Diagnostic& refusal : refusals) {
    text.push_back(refusal.message);
    text.insert(text.end(), refusal.notes.begin(), refusal.notes.end());
    if (!refusal.hint.empty()) {
      text.push_back("hint: " + refusal.hint);
    }
  }
  return text;
}

void add_next_run(Facts& facts, const NextRun& next) {
  facts.add("next run", position_text(next));
  if (next.position > 0) {
    std::vector<std::string> reasons{next.step.reason.empty() ? "its place by timestamp"
                                                              : next.step.reason};
    for (std::string& link : chain_text(next.step.causes)) {
      reasons.push_back(std::move(link));
    }
    facts.add("why here", reasons);
  }
  facts.add("late", late_text(next.late));
  facts.add("refused", refusal_text(next.refusals));
  facts.add("warning", next.warnings);
  facts.add("note", next.step.notes);
}

std::string text_of(const Explanation& explanation, const Look& look) {
  const StatusRow& row = explanation.place.row;
  Facts facts(look);
  facts.add("state", state_text(row));
  facts.add("history", history_text(row));
  if (row.begun.has_value()) {
    facts.add("begun", to_text(*row.begun));
    facts.add("go on with", row.begun->command);
  }
  if (!row.migration.has_value()) {
    return look.styled(printable(row.name), Style::Strong) + '\n' + facts.text();
  }
  if (explanation.place.next.has_value()) {
    add_next_run(facts, *explanation.place.next);
  }
  const Migration& migration = *row.migration;
  facts.add("kind", std::string(to_string(migration.kind)));
  facts.add("source", migration.source);
  facts.add("built", migration.built);
  facts.add("needs flag", migration.flags);
  if (migration.transaction.has_value()) {
    facts.add("runs",
              *migration.transaction ? "in a transaction, as it asks"
                                     : "outside a transaction: it opts out");
  } else if (!migration.outside_up.empty()) {
    facts.add("runs", "outside a transaction: it sends " + migration.outside_up);
  }
  facts.add("up", mode_of(explanation.up));
  facts.add("", effects_of(explanation.up));
  facts.add("down", mode_of(explanation.down));
  facts.add("", effects_of(explanation.down));
  return look.styled(printable(migration.id()), Style::Strong) + '\n' + facts.text() + "\n-- up\n" +
         readable_sql(explanation.up) + "\n-- down\n" + readable_sql(explanation.down);
}

Json lowering_json(const Lowering& lowering) {
  return {{"mode", lowering.program.has_value() ? "lowered" : "dynamic"},
          {"reason", text_or_null(lowering.reason)},
          {"at", text_or_null(place_of(lowering.place))},
          {"sql", lowering.program.has_value() ? Json(readable_sql(lowering)) : Json(nullptr)},
          {"footprint", lowering.program.has_value() ? Json(effects_of(lowering)) : Json(nullptr)}};
}

Json late_json(const LateVerdict& late) {
  if (late.kind == LateVerdict::Kind::NotLate) {
    return nullptr;
  }
  return {{"verdict", to_string(late.kind)},
          {"other", text_or_null(late.other)},
          {"text", text_or_null(late.text)}};
}

Json next_json(const NextRun& next) {
  Json refusals = Json::array();
  for (const Diagnostic& refusal : next.refusals) {
    refusals.push_back(diagnostic_json(refusal));
  }
  return {{"position", next.position > 0 ? Json(next.position) : Json(nullptr)},
          {"steps", next.steps},
          {"reason", text_or_null(next.step.reason)},
          {"causes", causes_json(next.step.causes)},
          {"late", late_json(next.late)},
          {"notes", next.step.notes},
          {"warnings", next.warnings},
          {"refused", next.refused},
          {"refusals", std::move(refusals)}};
}

Json applied_json(const StatusRow& row) {
  if (!row.recording.has_value()) {
    return nullptr;
  }
  return {{"at", row.recording->applied_at},
          {"upgrade", row.recording->upgrade},
          {"baseline", row.recording->baseline},
          {"member", row.recording->member},
          {"member_version", text_or_null(row.recording->member_version)}};
}

Json json_of(const Explanation& explanation) {
  const StatusRow& row = explanation.place.row;
  Json json{
      {"name", row.name},
      {"timestamp", row.timestamp},
      {"state", to_string(row.state)},
      {"id", value_or_null(row.id)},
      {"difference", text_or_null(difference_key(row.comparison))},
      {"other_name", other_name_json(row)},
      {"begun", begun_json(row.begun)},
      {"applied", applied_json(row)},
      {"next",
       explanation.place.next.has_value() ? next_json(*explanation.place.next) : Json(nullptr)}};
  if (row.migration.has_value()) {
    json["member"] = row.migration->member;
    json["kind"] = to_string(row.migration->kind);
    json["source"] = row.migration->source;
    json["up"] = lowering_json(explanation.up);
    json["down"] = lowering_json(explanation.down);
  }
  return json;
}

}  // namespace

void render_explanation(const Explanation& explanation, Terminal& terminal) {
  terminal.answer(terminal.format() == OutputFormat::Json
                      ? one_line(json_of(explanation))
                      : text_of(explanation, terminal.answer_look()));
}

}  // namespace medusa
