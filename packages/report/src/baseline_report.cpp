// SPDX-License-Identifier: MIT
#include "medusa/report/baseline_report.hpp"

#include "medusa/core/text.hpp"
#include "medusa/report/diagnostic.hpp"
#include "medusa/report/table.hpp"

#include "display_width.hpp"
#include "json.hpp"

namespace medusa {

namespace {

/// More of them are counted: a core of a hundred migrations has dozens that change rows.
constexpr std::size_t kNamedDoubts = 10;

void render_text(const std::vector<UncheckedMigration>& unchecked, Terminal& terminal) {
  const bool all = terminal.verbosity() == Verbosity::Verbose;
  std::string text = "the schema does not tell whether all of " +
                     plural(unchecked.size(), "migration") + " happened:";
  std::size_t named = 0;
  for (const UncheckedMigration& each : unchecked) {
    if (!all && named == kNamedDoubts) {
      text += "\n    ... and " + std::to_string(unchecked.size() - named) + " more (-v names them)";
      break;
    }
    ++named;
    text += "\n    " + printable(each.migration) + ": " + printable(each.reason);
  }
  terminal.warn(text);
}

Json recorded_json(const Plan& plan) {
  Json list = Json::array();
  for (const PlanGroup& group : plan.groups) {
    for (const PlanStep& step : group.steps) {
      list.push_back({{"position", list.size() + 1},
                      {"member", step.migration.member},
                      {"name", step.migration.name},
                      {"timestamp", step.migration.timestamp},
                      {"kind", to_string(step.migration.kind)}});
    }
  }
  return list;
}

Json event_of(const Baseline& baseline) {
  Json unchecked = Json::array();
  for (const UncheckedMigration& each : baseline.unchecked) {
    unchecked.push_back({{"migration", each.migration}, {"reason", each.reason}});
  }
  Json differences = Json::array();
  for (const Diagnostic& each : baseline.differences) {
    differences.push_back(diagnostic_json(each));
  }
  return {{"type", "baseline-finished"},
          {"migrations", recorded_json(baseline.plan)},
          {"unchecked", std::move(unchecked)},
          {"differences", std::move(differences)}};
}

}  // namespace

void render_baseline_doubts(const Baseline& baseline, Terminal& terminal) {
  for (const Diagnostic& difference : baseline.differences) {
    render_warning(difference, terminal);
  }
  if (!baseline.unchecked.empty() && terminal.format() == OutputFormat::Text) {
    render_text(baseline.unchecked, terminal);
  }
}

void render_baseline_steps(const Plan& plan, Terminal& terminal) {
  Table table({{.title = "#", .align = Align::Right},
               {.title = "migration", .fit = Fit::Shorten},
               {.title = "member", .fit = Fit::Drop}});
  std::size_t position = 0;
  for (const PlanGroup& group : plan.groups) {
    for (const PlanStep& step : group.steps) {
      table.add_row({{.text = std::to_string(++position), .style = Style::Faint},
                     {.text = step.migration.name},
                     {.text = step.migration.member}});
    }
  }
  terminal.talk(table.text(terminal.talk_look()));
}

void render_baseline(const Baseline& baseline, Terminal& terminal) {
  if (terminal.format() == OutputFormat::Json) {
    terminal.event(one_line(event_of(baseline)));
    return;
  }
  const std::size_t count = baseline.plan.step_count();
  terminal.answer("Recorded " + plural(count, "migration") + " as applied, and ran none");
}

}  // namespace medusa
