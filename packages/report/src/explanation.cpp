// SPDX-License-Identifier: MIT
#include "medusa/report/explanation.hpp"

#include <string>

#include "medusa/core/text.hpp"

#include "difference.hpp"
#include "display_width.hpp"
#include "json.hpp"

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

class Facts {
 public:
  explicit Facts(const Look& look) : look_(look) {}

  void add(const std::string& name, const std::string& value) {
    if (!value.empty()) {
      constexpr std::size_t kNameWidth = 11;
      text_ += "  " + look_.styled(name, Style::Faint) +
               std::string(kNameWidth - name.size(), ' ') + printable(value) + '\n';
    }
  }

  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  const Look& look_;
  std::string text_;
};

std::string text_of(const Explanation& explanation, const Look& look) {
  const StatusRow& row = explanation.row;
  Facts facts(look);
  facts.add("state",
            std::string(to_string(row.state)) +
                (row.id.has_value() ? ", row " + std::to_string(*row.id) : "") +
                (row.state == MigrationState::Changed
                     ? ": " + std::string(difference_in_words(row.comparison)) +
                           " (medusa migrations verify shows how)"
                     : ""));
  if (!row.migration.has_value()) {
    return look.styled(printable(row.name), Style::Strong) + '\n' + facts.text();
  }
  const Migration& migration = *row.migration;
  facts.add("kind", std::string(to_string(migration.kind)));
  facts.add("source", migration.source.string());
  facts.add("built", migration.built.string());
  facts.add("needs flag", migration.flags);
  if (migration.transaction.has_value()) {
    facts.add("transaction", *migration.transaction ? "asks for its own" : "opts out");
  }
  facts.add("up", mode_of(explanation.up));
  facts.add("down", mode_of(explanation.down));
  return look.styled(printable(migration.id()), Style::Strong) + '\n' + facts.text() + "\n-- up\n" +
         readable_sql(explanation.up) + "\n-- down\n" + readable_sql(explanation.down);
}

Json lowering_json(const Lowering& lowering) {
  return {{"mode", lowering.program.has_value() ? "lowered" : "dynamic"},
          {"reason", text_or_null(lowering.reason)},
          {"at", text_or_null(place_of(lowering.place))},
          {"sql", lowering.program.has_value() ? Json(readable_sql(lowering)) : Json(nullptr)}};
}

Json json_of(const Explanation& explanation) {
  const StatusRow& row = explanation.row;
  Json json{{"name", row.name},
            {"timestamp", row.timestamp},
            {"state", to_string(row.state)},
            {"id", value_or_null(row.id)},
            {"difference", text_or_null(difference_key(row.comparison))}};
  if (row.migration.has_value()) {
    json["member"] = row.migration->member;
    json["kind"] = to_string(row.migration->kind);
    json["source"] = row.migration->source.string();
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
