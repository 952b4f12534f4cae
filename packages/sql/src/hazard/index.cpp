// SPDX-License-Identifier: MIT
// CREATE INDEX, REINDEX.
#include <algorithm>

#include "hazard/families.hpp"
#include "hazard/safer.hpp"
#include "scan.hpp"

namespace medusa {

namespace {

bool is_concurrent(const PgQuery__ReindexStmt& reindex) {
  for (const Node* option : list(reindex.n_params, reindex.params)) {
    if (option->node_case == PG_QUERY__NODE__NODE_DEF_ELEM &&
        std::string_view(option->def_elem->defname) == "concurrently") {
      return true;
    }
  }
  return false;
}

/// The author's own text with CONCURRENTLY in its place: libpg_query does not quote the name of an
/// index when it writes SQL.
std::string built_concurrently(std::string_view sql) {
  constexpr std::string_view kIndex = "index";
  for (const Token& token : scan(sql)) {
    const std::string_view word = sql.substr(token.begin, token.end - token.begin);
    if (token.is_folded &&
        std::equal(word.begin(), word.end(), kIndex.begin(), kIndex.end(), [](char a, char b) {
          return (a | 0x20) == b;
        })) {
      return std::string(sql.substr(0, token.end)) + " CONCURRENTLY" +
             std::string(sql.substr(token.end)) + ';';
    }
  }
  return {};
}

}  // namespace

void index_hazards(Effects& effects, const PgQuery__IndexStmt& index, std::string_view sql) {
  if (index.concurrent != 0 || effects.temporary(*index.relation)) {
    return;
  }
  effects.footprint().hazards.push_back({.rule = HazardRule::IndexBlocksWrites,
                                         .table = effects.relation(*index.relation),
                                         .name = index.idxname,
                                         .lock = TableLock::Share,
                                         .work = TableWork::Index,
                                         .safer = built_concurrently(sql)});
}

void reindex_hazards(Effects& effects, const PgQuery__ReindexStmt& reindex) {
  // Of REINDEX INDEX the statement does not say which table it is about.
  if (reindex.kind != PG_QUERY__REINDEX_OBJECT_TYPE__REINDEX_OBJECT_TABLE ||
      is_concurrent(reindex) || effects.temporary(*reindex.relation)) {
    return;
  }
  effects.footprint().hazards.push_back(
      {.rule = HazardRule::IndexBlocksWrites,
       .table = effects.relation(*reindex.relation),
       .lock = TableLock::Share,
       .work = TableWork::Index,
       .safer = "REINDEX TABLE CONCURRENTLY " + quoted(*reindex.relation) + ';'});
}

}  // namespace medusa
