// SPDX-License-Identifier: MIT
#include "cause_text.hpp"

namespace medusa {

namespace {

std::string reason_in_words(const OrderReason& reason) {
  switch (reason.kind) {
    case OrderReason::Kind::Declared: {
      const Location place = reason.place.value_or(Location{});
      return "declared in " + place.file.filename().string() +
             (place.line > 0 ? ':' + std::to_string(place.line) : "");
    }
    case OrderReason::Kind::Inferred:
      return "needs " + reason.text;
    case OrderReason::Kind::SameMember:
      break;
  }
  return "earlier in the same member";
}

}  // namespace

std::vector<std::string> chain_text(const std::vector<StepCause>& causes) {
  std::vector<std::string> text;
  for (std::size_t i = 1; i < causes.size(); ++i) {
    text.push_back(causes[i - 1].migration + " in turn waits for " + causes[i].migration + ": " +
                   reason_in_words(causes[i].reason));
  }
  return text;
}

}  // namespace medusa
