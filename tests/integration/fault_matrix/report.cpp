// SPDX-License-Identifier: MIT
#include "report.hpp"

#include <nlohmann/json.hpp>

#include "medusa/core/text.hpp"

namespace medusa::fault {

Report Report::of(const Outcome& outcome) {
  Report report;
  for (const std::string_view line : lines(outcome.output)) {
    const auto event = nlohmann::json::parse(line);
    const std::string type = event.value("type", "");
    if (type == "upgrade-finished") {
      report.counts = {.done = event.at("done"),
                       .rolled_back = event.at("rolled_back"),
                       .failed = event.at("failed"),
                       .not_run = event.at("not_run"),
                       .unknown = event.at("unknown")};
    }
    report.failed_one = report.failed_one || type == "migration-failed";
  }
  report.as_it_was_before =
      (outcome.output + outcome.errors).find("the database is as it was before") !=
      std::string::npos;
  return report;
}

}  // namespace medusa::fault
