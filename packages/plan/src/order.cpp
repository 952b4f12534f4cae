// SPDX-License-Identifier: MIT
#include <algorithm>

#include "medusa/plan/plan.hpp"

namespace medusa {

std::vector<const Migration*> order(const Catalog& catalog) {
  std::vector<const Migration*> ordered;
  for (const Migration& migration : catalog.migrations()) {
    if (migration.enabled) {
      ordered.push_back(&migration);
    }
  }
  std::stable_sort(ordered.begin(), ordered.end(), [](const Migration* a, const Migration* b) {
    return a->timestamp < b->timestamp;
  });
  return ordered;
}

}  // namespace medusa
