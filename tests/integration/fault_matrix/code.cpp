// SPDX-License-Identifier: MIT
#include "code.hpp"

namespace medusa::fault {

std::string to_string(Code code) {
  switch (code) {
    case Code::Lowered:
      return "lowered";
    case Code::Concurrent:
      return "concurrent";
    case Code::Dynamic:
      break;
  }
  return "dynamic";
}

}  // namespace medusa::fault
