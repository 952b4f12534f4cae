// SPDX-License-Identifier: MIT
#include "footprint/node.hpp"

namespace medusa {

namespace {

template <typename T>
const T& at(const ProtobufCMessage& message, unsigned offset) {
  const void* place = reinterpret_cast<const char*>(&message) + offset;
  return *static_cast<const T*>(place);
}

const Node* without_casts(const Node* expression) {
  while (expression != nullptr && expression->node_case == PG_QUERY__NODE__NODE_TYPE_CAST) {
    expression = expression->type_cast->arg;
  }
  return expression;
}

}  // namespace

std::string string_of(const Node* node) {
  if (node == nullptr || node->node_case != PG_QUERY__NODE__NODE_STRING) {
    return {};
  }
  return node->string->sval;
}

std::vector<std::string> strings(NodeList nodes) {
  std::vector<std::string> result;
  result.reserve(nodes.size());
  for (const Node* node : nodes) {
    result.push_back(string_of(node));
  }
  return result;
}

NodeList items(Node* const& node) {
  if (node == nullptr) {
    return {};
  }
  if (node->node_case == PG_QUERY__NODE__NODE_LIST) {
    return list(node->list->n_items, node->list->items);
  }
  return {&node, 1};
}

std::optional<std::string> bare_text(const Node* expression) {
  const bool is_bare =
      expression != nullptr && expression->node_case == PG_QUERY__NODE__NODE_A_CONST;
  return is_bare ? constant_string(expression) : std::nullopt;
}

std::optional<std::string> constant_string(const Node* expression) {
  expression = without_casts(expression);
  if (!is_constant(expression) || expression->a_const->val_case != PG_QUERY__A__CONST__VAL_SVAL) {
    return std::nullopt;
  }
  return std::string(expression->a_const->sval->sval);
}

bool is_constant(const Node* expression) {
  expression = without_casts(expression);
  return expression != nullptr && expression->node_case == PG_QUERY__NODE__NODE_A_CONST &&
         expression->a_const->isnull == 0;
}

void for_each_child(const ProtobufCMessage& message,
                    const std::function<void(const ProtobufCMessage&)>& visit) {
  const ProtobufCMessageDescriptor& descriptor = *message.descriptor;
  for (unsigned i = 0; i < descriptor.n_fields; ++i) {
    const ProtobufCFieldDescriptor& field = descriptor.fields[i];
    if (field.type != PROTOBUF_C_TYPE_MESSAGE) {
      continue;
    }
    if (field.label == PROTOBUF_C_LABEL_REPEATED) {
      const auto count = at<std::size_t>(message, field.quantifier_offset);
      const auto* const* const children = at<const ProtobufCMessage* const*>(message, field.offset);
      for (std::size_t k = 0; k < count; ++k) {
        visit(*children[k]);
      }
      continue;
    }
    // Of a union only the member that the case names is there.
    if ((field.flags & PROTOBUF_C_FIELD_FLAG_ONEOF) != 0 &&
        at<std::uint32_t>(message, field.quantifier_offset) != field.id) {
      continue;
    }
    const auto* const child = at<const ProtobufCMessage*>(message, field.offset);
    if (child != nullptr) {
      visit(*child);
    }
  }
}

const ProtobufCMessage* content(const Node& node) {
  // All members of the union are pointers to messages.
  return node.node_case == PG_QUERY__NODE__NODE__NOT_SET ? nullptr : &node.string->base;
}

}  // namespace medusa
