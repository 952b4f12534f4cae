// SPDX-License-Identifier: MIT
#include "medusa/report/hazard_report.hpp"

#include <string>

#include "medusa/core/text.hpp"
#include "medusa/report/table.hpp"
#include "medusa/sql/hazard_description.hpp"

#include "json.hpp"

namespace medusa {

namespace {

Json hazard_json(HazardRule rule) {
  const HazardDescription& text = describe(rule);
  return {{"code", code_of(rule)},
          {"title", text.title},
          {"lock", text.lock},
          {"why", text.why},
          {"safer", text.safer},
          {"manual", text.manual},
          {"refused", text.refused}};
}

std::string text_of(HazardRule rule, const Look& look) {
  const HazardDescription& text = describe(rule);
  const std::string allow = text.refused ? ""
                                         : look.styled("allow", Style::Faint) +
                                               "  -- medusa:allow " + std::string(code_of(rule)) +
                                               ": reason   (// in TypeScript)\n";
  return look.styled(std::string(code_of(rule)), Style::Strong) + ": " + std::string(text.title) +
         "\n\n" + look.styled("lock", Style::Faint) + "   " + std::string(text.lock) + "\n\n" +
         std::string(text.why) + "\n\n" + look.styled("safer", Style::Faint) + '\n' +
         prefixed(text.safer, "    ") + "\n\n" + allow + look.styled("manual", Style::Faint) + ' ' +
         std::string(text.manual);
}

}  // namespace

void render_hazard(HazardRule rule, Terminal& terminal) {
  terminal.answer(terminal.format() == OutputFormat::Json ? one_line(hazard_json(rule))
                                                          : text_of(rule, terminal.answer_look()));
}

void render_hazards(Terminal& terminal) {
  if (terminal.format() == OutputFormat::Json) {
    Json list = Json::array();
    for (const HazardRule rule : hazard_rules()) {
      list.push_back(hazard_json(rule));
    }
    terminal.answer(one_line({{"hazards", std::move(list)}}));
    return;
  }
  Table table({{.title = "code"}, {.title = "what it is about", .fit = Fit::Shorten}});
  for (const HazardRule rule : hazard_rules()) {
    table.add_row(
        {{.text = std::string(code_of(rule))}, {.text = std::string(describe(rule).title)}});
  }
  terminal.answer(table.text(terminal.answer_look()));
}

}  // namespace medusa
