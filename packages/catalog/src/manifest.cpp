// SPDX-License-Identifier: MIT
#include "medusa/catalog/manifest.hpp"

#include <algorithm>

namespace medusa {

const ManifestEntry* Manifest::find(const std::filesystem::path& source) const {
  const auto found =
      std::lower_bound(entries.begin(),
                       entries.end(),
                       source,
                       [](const ManifestEntry& entry, const std::filesystem::path& path) {
                         return entry.source < path;
                       });
  return found != entries.end() && found->source == source ? &*found : nullptr;
}

}  // namespace medusa
