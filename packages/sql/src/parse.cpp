// SPDX-License-Identifier: MIT
#include "parse.hpp"

#include "medusa/core/error.hpp"

#include "scan.hpp"

namespace medusa {

ParseTree parse(const std::string& sql) {
  PgQueryProtobufParseResult result = pg_query_parse_protobuf(sql.c_str());
  const std::unique_ptr<PgQueryProtobufParseResult, void (*)(PgQueryProtobufParseResult*)> owner(
      &result,
      [](PgQueryProtobufParseResult* owned) { pg_query_free_protobuf_parse_result(*owned); });
  if (result.error != nullptr) {
    throw syntax_error(sql, *result.error);
  }
  ParseTree tree(
      pg_query__parse_result__unpack(nullptr,
                                     result.parse_tree.len,
                                     reinterpret_cast<const std::uint8_t*>(result.parse_tree.data)),
      [](PgQuery__ParseResult* owned) { pg_query__parse_result__free_unpacked(owned, nullptr); });
  if (tree == nullptr) {
    throw Error(
        {.code = ErrorCode::Internal, .message = "libpg_query returned an unreadable tree"});
  }
  return tree;
}

}  // namespace medusa
