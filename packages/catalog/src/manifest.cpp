// SPDX-License-Identifier: MIT
#include "medusa/catalog/manifest.hpp"

#include <algorithm>

#include "medusa/core/path_order.hpp"

namespace medusa {

const ManifestEntry* Manifest::find(std::string_view source) const {
  const auto found = std::lower_bound(entries.begin(),
                                      entries.end(),
                                      source,
                                      [](const ManifestEntry& entry, std::string_view path) {
                                        return path_before(entry.source, path);
                                      });
  return found != entries.end() && found->source == source ? &*found : nullptr;
}

}  // namespace medusa
