// SPDX-License-Identifier: MIT
#include "medusa/report/database_report.hpp"

#include "json.hpp"

namespace medusa {

void render_database_url(std::string_view masked_url, Terminal& terminal) {
  if (terminal.format() == OutputFormat::Json) {
    terminal.answer(one_line({{"url", masked_url}}));
  } else {
    terminal.answer(masked_url);
  }
}

}  // namespace medusa
