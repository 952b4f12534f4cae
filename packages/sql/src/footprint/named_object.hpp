// SPDX-License-Identifier: MIT
// Objects as COMMENT, DROP, RENAME and the like name them: a node and a type.
#pragma once

#include <optional>

#include "footprint/effects.hpp"

namespace medusa {

/// The kind that the type of object is here; none for what is not modelled (casts, operators ...).
[[nodiscard]] std::optional<ObjectKind> kind_of(PgQuery__ObjectType type);

/// The object that the node names. None for what is not modelled.
[[nodiscard]] std::optional<ObjectRef> named_object(Effects& effects,
                                                    PgQuery__ObjectType type,
                                                    Node* const& name);

/// "OPERATOR CLASS" of OBJECT_OPCLASS ..., for reasons.
[[nodiscard]] std::string words_of(PgQuery__ObjectType type);

}  // namespace medusa
