// SPDX-License-Identifier: MIT
#include "medusa/plan/comparison.hpp"

namespace medusa {

bool is_change(Comparison comparison) {
  return comparison == Comparison::SqlDiffers || comparison == Comparison::SourceDiffers;
}

Comparison compare(const Migration& today, const Recording& recorded) {
  if (!recorded.checksum.empty() && !today.up_checksum.empty()) {
    return recorded.checksum == today.up_checksum ? Comparison::Same : Comparison::SqlDiffers;
  }
  if (!recorded.source_checksum.empty() && today.has_own_source()) {
    return recorded.source_checksum == today.checksum ? Comparison::Same
                                                      : Comparison::SourceDiffers;
  }
  return Comparison::Unknown;
}

}  // namespace medusa
