// SPDX-License-Identifier: MIT
#include "medusa/report/migration_picture.hpp"

namespace medusa {

std::string_view to_string(PictureEdgeKind kind) {
  switch (kind) {
    case PictureEdgeKind::SameMember:
      return "same-member";
    case PictureEdgeKind::Declared:
      return "declared";
    case PictureEdgeKind::Inferred:
      break;
  }
  return "inferred";
}

}  // namespace medusa
