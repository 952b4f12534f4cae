// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

#include "medusa/sql/known_objects.hpp"

namespace medusa {

/// What the index or constraint that the effect creates is, `of` aside; nothing if it creates none.
[[nodiscard]] std::optional<KnownObjects::Key> created_key(const Effect& effect);

/// Whether the foreign key may count on it, given that it is of the table that it refers to.
/// @param names_last the table's columns were never renamed.
[[nodiscard]] bool may_serve(const KnownObjects::Key& key,
                             const Effect& foreign_key,
                             bool names_last);

}  // namespace medusa
