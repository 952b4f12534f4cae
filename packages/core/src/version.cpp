// SPDX-License-Identifier: MIT
#include "medusa/core/version.hpp"

namespace medusa {

std::string_view version() {
  return MEDUSA_VERSION;
}

}  // namespace medusa
