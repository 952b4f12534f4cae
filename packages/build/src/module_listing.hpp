// SPDX-License-Identifier: MIT
// The migrations of a Medusa module are those that its definition lists. Only its code knows the
// list, so it is kept in the manifest with the checksums of all files that it was made from.
#pragma once

#include "member_build.hpp"

namespace medusa {

/// Takes the list from the old manifest, with its files as sources, if that still holds; otherwise
/// the list is stale.
void take_old_list(MemberBuild& build, FileChecksums& checksums);

}  // namespace medusa
