// SPDX-License-Identifier: MIT
#include "medusa/report/removal_report.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "medusa/core/text.hpp"

#include "display_width.hpp"
#include "footprint_text.hpp"
#include "json.hpp"
#include "shown_path.hpp"

namespace medusa {

namespace {

/// "needs", "changes".
std::string word_of(Action action) {
  return std::string(trim(verb_of(action)));
}

class RemovalText {
 public:
  RemovalText(const PluginRemoval& removal, const Look& look) : removal_(removal), look_(look) {}

  std::string text() {
    head();
    for (const RemovalStep& step : removal_.steps) {
      add(step);
    }
    add_users();
    for (const std::string& table : removal_.remaining) {
      line("stays:", Style::StrongCaution, table + ": no 'down' drops it");
    }
    for (const std::string& name : removal_.missing) {
      line("missing:",
           Style::StrongBad,
           name + " is applied, but the plugin ships it no more: it cannot be reverted");
    }
    end();
    return std::move(text_);
  }

 private:
  void line(std::string_view word, Style style, const std::string& rest) {
    text_ += look_.styled(word, style) + ' ' + printable(rest) + '\n';
  }

  void head() {
    text_ += look_.styled(printable(removal_.plugin), Style::Strong) +
             (removal_.version.empty() ? "" : ' ' + printable(removal_.version)) + ": " +
             plural(removal_.steps.size(), "applied migration") +
             (removal_.steps.size() > 1 ? ", in the order in which they would be reverted" : "") +
             "\n\n";
  }

  void add(const RemovalStep& step) {
    text_ += look_.styled(printable(step.migration.name), Style::Strong) + ", row " +
             std::to_string(step.id) + '\n';
    for (const std::string& object : step.drops) {
      text_ += "  drops " + printable(object) + '\n';
    }
    for (const std::string& object : step.along) {
      text_ += "  drops " + printable(object) + " along with that\n";
    }
    if (!step.doubt.empty()) {
      text_ += "  " + look_.styled("not all is known:", Style::Caution) + ' ' +
               printable(step.doubt) + '\n';
    } else if (step.drops.empty()) {
      text_ += "  drops nothing that is there\n";
    }
    for (const std::string& problem : step.problems) {
      text_ += "  " + look_.styled("would fail:", Style::Bad) + ' ' + printable(problem) + '\n';
    }
    text_ += '\n';
  }

  void add_users() {
    for (const PluginUse& use : removal_.used_by) {
      line("used:",
           Style::StrongBad,
           use.migration + (use.applied ? " (applied) " : " (pending) ") + word_of(use.action) +
               ' ' + use.object + " (" + shown_path(use.place.file) +
               (use.place.line > 0 ? ':' + std::to_string(use.place.line) : "") + ')');
    }
    for (const BlockedDrop& blocked : removal_.blocked) {
      line("blocked:",
           Style::StrongBad,
           blocked.by + " drops " + blocked.object + ", but " + join(blocked.dependents, ", ") +
               (blocked.dependents.size() == 1 ? " depends on it" : " depend on it"));
    }
    for (const CollateralLoss& loss : removal_.taken) {
      line("lost:",
           Style::StrongBad,
           loss.object + " of " + (loss.creator.empty() ? "nobody we know" : loss.creator) +
               " goes with what " + loss.by + " drops");
    }
    for (const UnknownUse& unknown : removal_.unknown) {
      line("unknown:", Style::StrongCaution, unknown.migration + " may use it: " + unknown.reason);
    }
  }

  void end() {
    text_ += removal_.in_use()       ? "something else uses it"
             : removal_.is_certain() ? "nothing else uses it"
                                     : "whether something else uses it is not known for certain";
    text_ += "; nothing was changed\n";
    if (removal_.steps.empty()) {
      return;
    }
    if (!removal_.in_use() && !removal_.is_certain()) {
      line("hint:",
           Style::StrongGood,
           "try it on a copy of the database: medusa migrations revert rolls back what fails");
      return;
    }
    const std::string steps = std::to_string(removal_.steps.size());
    if (removal_.executed_since == 0) {
      line("hint:", Style::StrongGood, "medusa migrations revert --steps " + steps);
    } else {
      line("note:",
           Style::Strong,
           "medusa migrations revert takes back what was executed last, and " +
               plural(removal_.executed_since, "migration") +
               " of others came after the plugin's first");
    }
  }

  const PluginRemoval& removal_;
  const Look& look_;
  std::string text_;
};

Json step_json(const RemovalStep& step) {
  return {{"name", step.migration.name},
          {"timestamp", step.migration.timestamp},
          {"id", step.id},
          {"source", step.migration.source},
          {"drops", step.drops},
          {"along", step.along},
          {"doubt", text_or_null(step.doubt)},
          {"problems", step.problems}};
}

Json json_of(const PluginRemoval& removal) {
  Json json{{"plugin", removal.plugin},
            {"version", text_or_null(removal.version)},
            {"in_use", removal.in_use()},
            {"certain", removal.is_certain()},
            {"steps", Json::array()},
            {"missing", removal.missing},
            {"executed_since", removal.executed_since},
            {"used_by", Json::array()},
            {"blocked", Json::array()},
            {"lost", Json::array()},
            {"unknown", Json::array()},
            {"remaining", removal.remaining}};
  for (const RemovalStep& step : removal.steps) {
    json["steps"].push_back(step_json(step));
  }
  for (const PluginUse& use : removal.used_by) {
    json["used_by"].push_back(
        {{"migration", use.migration},
         {"applied", use.applied},
         {"action", to_string(use.action)},
         {"object", use.object},
         {"file", text_or_null(use.place.file.string())},
         {"line", use.place.line > 0 ? Json(use.place.line) : Json(nullptr)}});
  }
  for (const BlockedDrop& blocked : removal.blocked) {
    json["blocked"].push_back(
        {{"by", blocked.by}, {"object", blocked.object}, {"dependents", blocked.dependents}});
  }
  for (const CollateralLoss& loss : removal.taken) {
    json["lost"].push_back(
        {{"by", loss.by}, {"object", loss.object}, {"creator", text_or_null(loss.creator)}});
  }
  for (const UnknownUse& unknown : removal.unknown) {
    json["unknown"].push_back({{"migration", unknown.migration}, {"reason", unknown.reason}});
  }
  return json;
}

}  // namespace

void render_removal(const PluginRemoval& removal, Terminal& terminal) {
  const Look look = terminal.answer_look();
  terminal.answer(terminal.format() == OutputFormat::Json ? one_line(json_of(removal))
                                                          : RemovalText(removal, look).text());
}

}  // namespace medusa
