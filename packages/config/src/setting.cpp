// SPDX-License-Identifier: MIT
#include "medusa/config/setting.hpp"

namespace medusa {

std::string to_string(const Origin& origin) {
  switch (origin.kind) {
    case Origin::Kind::Flag:
    case Origin::Kind::Environment:
      return origin.name;
    case Origin::Kind::File:
      if (origin.location) {
        return origin.location->file.filename().string() + ':' +
               std::to_string(origin.location->line);
      }
      return "medusa.toml";
    case Origin::Kind::Default:
      break;
  }
  return "default";
}

}  // namespace medusa
