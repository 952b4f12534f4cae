// SPDX-License-Identifier: MIT
#pragma once

namespace medusa {

/// Version of the manifest's JSON. Bumped with every change of its fields: older ones are rebuilt.
inline constexpr int kManifestFormat = 6;

}  // namespace medusa
