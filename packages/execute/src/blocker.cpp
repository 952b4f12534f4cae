// SPDX-License-Identifier: MIT
#include "medusa/execute/blocker.hpp"

#include "medusa/core/text.hpp"

namespace medusa {

std::string to_string(const Blocker& blocker) {
  if (blocker.pid == 0) {
    return "a prepared transaction (see pg_prepared_xacts)";
  }
  std::vector<std::string> parts;
  for (const std::string& part : {blocker.application, blocker.address}) {
    if (!part.empty()) {
      parts.push_back(part);
    }
  }
  const auto& age = blocker.state == "active" ? blocker.query_age : blocker.transaction_age;
  if (!blocker.state.empty()) {
    parts.push_back(blocker.state +
                    (age.has_value() ? " for " + std::to_string(age->count()) + " s" : ""));
  }
  std::string text = "pid " + std::to_string(blocker.pid);
  text += parts.empty() ? "" : " (" + join(parts, ", ") + ')';
  return blocker.query.empty() ? text : text + ": " + blocker.query;
}

}  // namespace medusa
