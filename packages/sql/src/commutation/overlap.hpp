// SPDX-License-Identifier: MIT
// Whether two names may mean the same.
#pragma once

#include "medusa/sql/footprint.hpp"

namespace medusa {

/// An unqualified name may be in any schema.
[[nodiscard]] bool maybe_same_schema(const ObjectRef& a, const ObjectRef& b);

/// The same object, or the one a part of the other. A table's name is a type's name as well.
[[nodiscard]] bool overlap(const ObjectRef& a, const ObjectRef& b);

/// Both belong to the same relation, whatever part.
[[nodiscard]] bool same_relation(const ObjectRef& a, const ObjectRef& b);

/// Parts of relations, and relations; not types, functions, schemas.
[[nodiscard]] bool belongs_to_relation(const ObjectRef& object);

/// Whether one of the names that the effect takes or gives free may be one of the other's: names of
/// relations and of constraints, which name indexes. A chosen name may get a number.
[[nodiscard]] bool names_compete(const Effect& a, const Effect& b);

}  // namespace medusa
