// SPDX-License-Identifier: MIT
#include "origin.hpp"

namespace medusa {

std::string origin_in_words(const Recording& recording) {
  std::string text =
      std::string(recording.baseline ? "recorded as applied (baseline: it never ran here) "
                                     : "applied ") +
      recording.applied_at + " by upgrade " + std::to_string(recording.upgrade);
  if (!recording.member_version.empty()) {
    text += ", from " + recording.member + ' ' + recording.member_version;
  }
  return text;
}

}  // namespace medusa
