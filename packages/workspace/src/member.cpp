// SPDX-License-Identifier: MIT
#include "medusa/workspace/member.hpp"

namespace medusa {

std::string_view to_string(Role role) {
  switch (role) {
    case Role::Core:
      return "core";
    case Role::Plugin:
      return "plugin";
    case Role::Backend:
      return "backend";
    case Role::Module:
      break;
  }
  return "module";
}

}  // namespace medusa
