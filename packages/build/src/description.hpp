// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "medusa/catalog/manifest.hpp"
#include "medusa/core/error.hpp"
#include "medusa/host/protocol.hpp"

namespace medusa {

/// Puts what the host found in a module into the entry. Problems (a module that does not load, a
/// class without a timestamp) are added to `problems`, located in `source`.
void apply_description(const ModuleDescription& module,
                       const std::filesystem::path& source,
                       ManifestEntry& entry,
                       std::vector<Diagnostic>& problems);

}  // namespace medusa
