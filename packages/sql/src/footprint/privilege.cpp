// SPDX-License-Identifier: MIT
// COMMENT, GRANT and REVOKE: said about an object, changing nothing it does.
#include "footprint/families.hpp"
#include "footprint/named_object.hpp"

namespace medusa {

void comment(Effects& effects, PgQuery__CommentStmt& comment) {
  const std::optional<ObjectRef> object = named_object(effects, comment.objtype, comment.object);
  if (object) {
    return effects.alter(*object, "COMMENT");
  }
  effects.opaque("COMMENT ON " + words_of(comment.objtype) + " is not among what footprints know");
}

void grant(Effects& effects, PgQuery__GrantStmt& grant) {
  if (grant.targtype != PG_QUERY__GRANT_TARGET_TYPE__ACL_TARGET_OBJECT) {
    effects.opaque("it grants on whatever a schema has");
    return;
  }
  for (Node* const& node : list(grant.n_objects, grant.objects)) {
    const std::optional<ObjectRef> object = named_object(effects, grant.objtype, node);
    if (!object) {
      effects.opaque("GRANT on a " + words_of(grant.objtype) +
                     " is not among what footprints know");
      continue;
    }
    effects.alter(*object, "PRIVILEGES");
  }
}

}  // namespace medusa
