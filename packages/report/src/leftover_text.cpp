// SPDX-License-Identifier: MIT
#include "leftover_text.hpp"

namespace medusa {

std::string leftover_text(const LeftoverIndex& leftover) {
  return "index " + leftover.index + " of " + leftover.table +
         " was left INVALID: it is dropped, and built again";
}

}  // namespace medusa
