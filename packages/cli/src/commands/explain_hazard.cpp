// SPDX-License-Identifier: MIT
#include <memory>

#include "medusa/core/text.hpp"
#include "medusa/report/hazard_report.hpp"

#include "command.hpp"

namespace medusa {

namespace {

int execute(Context& context, const std::string& code) {
  if (code.empty()) {
    render_hazards(context.terminal());
    return 0;
  }
  const auto rule = parse_hazard_code(code);
  if (!rule.has_value()) {
    const auto meant = closest_match(code, hazard_codes());
    throw Error({.code = ErrorCode::Usage,
                 .message = "no hazard is called '" + code + '\'',
                 .hint = meant.has_value() ? "did you mean '" + *meant + "'?"
                                           : "medusa explain lists all; of a migration tells "
                                             "medusa migrations explain NAME"});
  }
  render_hazard(*rule, context.terminal());
  return 0;
}

}  // namespace

void add_explain_hazard(CLI::App& parent, CommandAction& chosen) {
  CLI::App* command =
      parent.add_subcommand("explain", "Tell what a hazard of the plan means, and a safer way");
  const auto code = std::make_shared<std::string>();
  command
      ->add_option("code", *code, "Its code, e.g. index-blocks-writes; without it all are listed")
      ->type_name("CODE");
  command->callback(
      [&chosen, code] { chosen = [code](Context& context) { return execute(context, *code); }; });
}

}  // namespace medusa
