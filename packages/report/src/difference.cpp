// SPDX-License-Identifier: MIT
#include "difference.hpp"

namespace medusa {

std::string_view difference_in_words(Comparison comparison) {
  switch (comparison) {
    case Comparison::SqlDiffers:
      return "its SQL changed";
    case Comparison::SourceDiffers:
      return "its source changed; its SQL is not known";
    case Comparison::Same:
    case Comparison::Unknown:
      break;
  }
  return {};
}

std::string_view difference_key(Comparison comparison) {
  switch (comparison) {
    case Comparison::SqlDiffers:
      return "sql";
    case Comparison::SourceDiffers:
      return "source";
    case Comparison::Same:
    case Comparison::Unknown:
      break;
  }
  return {};
}

}  // namespace medusa
