// SPDX-License-Identifier: MIT
#include "medusa/sql/index_definition.hpp"

#include <optional>
#include <utility>
#include <vector>

#include "medusa/core/error.hpp"

#include "footprint/deparse.hpp"
#include "footprint/node.hpp"
#include "parse.hpp"

namespace medusa {

namespace {

/// Looks at the nodes below a message without their casts; puts those back in the end.
class WithoutCasts {
 public:
  explicit WithoutCasts(ProtobufCMessage& message) { strip(message); }

  ~WithoutCasts() {
    for (auto changed = changed_.rbegin(); changed != changed_.rend(); ++changed) {
      *changed->first = changed->second;
    }
  }

  WithoutCasts(const WithoutCasts&) = delete;
  WithoutCasts& operator=(const WithoutCasts&) = delete;
  WithoutCasts(WithoutCasts&&) = delete;
  WithoutCasts& operator=(WithoutCasts&&) = delete;

  /// Whether PostgreSQL would write something of it in other words (IN, BETWEEN, LIKE ...).
  [[nodiscard]] bool is_reworded() const { return reworded_; }

 private:
  void strip(ProtobufCMessage& message) {
    if (message.descriptor == &pg_query__node__descriptor) {
      strip(reinterpret_cast<Node&>(message));
    }
    for_each_child(message, [this](const ProtobufCMessage& child) {
      strip(const_cast<ProtobufCMessage&>(child));  // of the same tree, which is ours
    });
  }

  void strip(Node& node) {
    while (node.node_case == PG_QUERY__NODE__NODE_TYPE_CAST && node.type_cast->arg != nullptr) {
      changed_.emplace_back(&node, node);
      const Node argument = *node.type_cast->arg;
      node = argument;
    }
    reworded_ = reworded_ || (node.node_case == PG_QUERY__NODE__NODE_A_EXPR &&
                              node.a_expr->kind != PG_QUERY__A__EXPR__KIND__AEXPR_OP);
  }

  std::vector<std::pair<Node*, Node>> changed_ = {};
  bool reworded_ = false;
};

/// Two definitions that differ in none of these are of one index.
struct Shape {
  std::string keys = {};
  std::optional<std::string> condition = {};  ///< Absent: it cannot be compared.
};

/// What is said by saying nothing.
void leave_out_defaults(PgQuery__IndexElem& element) {
  const bool descends = element.ordering == PG_QUERY__SORT_BY_DIR__SORTBY_DESC;
  if (element.ordering == PG_QUERY__SORT_BY_DIR__SORTBY_ASC) {
    element.ordering = PG_QUERY__SORT_BY_DIR__SORTBY_DEFAULT;
  }
  if (element.nulls_ordering == (descends ? PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_FIRST
                                          : PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_LAST)) {
    element.nulls_ordering = PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_DEFAULT;
  }
}

std::optional<Shape> shape_of(const std::string& definition) {
  try {
    const ParseTree tree = parse(definition);
    if (tree->n_stmts != 1 || tree->stmts[0]->stmt->node_case != PG_QUERY__NODE__NODE_INDEX_STMT) {
      return std::nullopt;
    }
    PgQuery__IndexStmt bare = *tree->stmts[0]->stmt->index_stmt;
    for (Node* const node : list(bare.n_index_params, bare.index_params)) {
      leave_out_defaults(*node->index_elem);
    }
    const WithoutCasts plain(bare.base);
    Shape shape;
    Node* const condition = std::exchange(bare.where_clause, nullptr);
    if (condition == nullptr) {
      shape.condition = "";
    } else if (!plain.is_reworded()) {
      shape.condition = deparse_expression(*condition);
    }
    bare.n_options = 0;
    std::string none;
    bare.table_space = none.data();
    Node statement = node_of(&Node::index_stmt, PG_QUERY__NODE__NODE_INDEX_STMT, &bare);
    shape.keys = deparse_statement(statement);
    return shape;
  } catch (const Error&) {
    return std::nullopt;
  }
}

}  // namespace

bool index_definitions_differ(const std::string& first, const std::string& second) {
  if (first == second) {
    return false;
  }
  const std::optional<Shape> one = shape_of(first);
  const std::optional<Shape> other = shape_of(second);
  if (!one || !other) {
    return false;
  }
  // That one has a condition and the other has none is told in any case.
  const bool both_known = one->condition.has_value() && other->condition.has_value();
  const bool one_has_none = (one->condition == "") != (other->condition == "");
  return one->keys != other->keys || one_has_none ||
         (both_known && one->condition != other->condition);
}

}  // namespace medusa
