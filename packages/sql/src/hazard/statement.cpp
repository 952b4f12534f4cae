// SPDX-License-Identifier: MIT
// Which families a statement belongs to.
#include "hazard/families.hpp"

namespace medusa {

void read_hazards(Effects& effects, Node& statement, std::string_view sql) {
  transaction_hazards(effects, statement, sql);
  switch (statement.node_case) {
    case PG_QUERY__NODE__NODE_INDEX_STMT:
      index_hazards(effects, *statement.index_stmt, sql);
      break;
    case PG_QUERY__NODE__NODE_REINDEX_STMT:
      reindex_hazards(effects, *statement.reindex_stmt);
      break;
    case PG_QUERY__NODE__NODE_ALTER_TABLE_STMT:
      alter_table_hazards(effects, *statement.alter_table_stmt);
      break;
    default:
      rewrite_hazards(effects, statement);
  }
  removal_hazards(effects);
  name_hazards(effects, sql);
}

}  // namespace medusa
