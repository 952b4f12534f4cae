// SPDX-License-Identifier: MIT
#include "footprint/deparse.hpp"
#include "footprint/families.hpp"
#include "footprint/query.hpp"
#include "footprint/signature.hpp"

namespace medusa {

void create_view(Effects& effects, PgQuery__ViewStmt& view) {
  Query query(effects, Evaluation::Later);
  query.query(view.query, nullptr);
  if (effects.temporary(*view.view)) {
    effects.session().temporary.push_back(view.view->relname);
    return;
  }
  const ObjectRef object = effects.relation(*view.view, ObjectKind::View);
  effects.need_schema_of(object);
  Effect create{.action = Action::Create,
                .object = object,
                .replaces = view.replace != 0,
                .columns_unknown = true};
  for (const ObjectRef& used : query.used()) {
    create.depends_on.push_back({.object = used});
  }
  PgQuery__ViewStmt bare = view;
  PgQuery__RangeVar name = *view.view;
  std::string unqualified;
  name.schemaname = unqualified.data();
  bare.view = &name;
  bare.replace = 0;
  Node statement = node_of(&Node::view_stmt, PG_QUERY__NODE__NODE_VIEW_STMT, &bare);
  create.definition = deparse_statement(statement);
  create.signature = columns_of(view);
  effects.add(std::move(create));
}

void refresh_view(Effects& effects, PgQuery__RefreshMatViewStmt& refresh) {
  const ObjectRef view = effects.relation(*refresh.relation, ObjectKind::View);
  effects.need(view);
  effects.write(view, "refresh");
  if (refresh.skip_data == 0) {
    effects.opaque("which tables " + view.text() + " reads stands in its definition");
  }
}

}  // namespace medusa
