// SPDX-License-Identifier: MIT
#include "code.hpp"

namespace medusa::fault {

std::string to_string(Code code) {
  return code == Code::Lowered ? "lowered" : "dynamic";
}

}  // namespace medusa::fault
