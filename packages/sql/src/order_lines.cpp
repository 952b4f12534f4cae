// SPDX-License-Identifier: MIT
#include "order_lines.hpp"

#include <optional>
#include <string>

#include "medusa/core/text.hpp"
#include "medusa/sql/position.hpp"

#include "scan.hpp"

namespace medusa {

namespace {

constexpr std::string_view kDashes = "--";
constexpr std::string_view kPrefix = "medusa:";
constexpr std::string_view kAllowance = "medusa:allow";

/// What follows "-- medusa:", and where it begins; empty for another comment.
std::optional<std::string_view> declaration_of(std::string_view content, const Token& token) {
  std::string_view comment = content.substr(token.begin, token.end - token.begin);
  if (!token.is_comment || !comment.starts_with(kDashes)) {
    return std::nullopt;
  }
  comment = trim(comment.substr(kDashes.size()));
  if (comment.substr(0, comment.find_first_of(" \t")) == kAllowance) {
    return std::nullopt;  // hazard_allowance.hpp
  }
  return comment.starts_with(kPrefix) ? std::optional(comment.substr(kPrefix.size()))
                                      : std::nullopt;
}

Error problem(const Location& place, std::string message, std::string hint) {
  return Error({.code = ErrorCode::Build,
                .message = std::move(message),
                .location = place,
                .hint = std::move(hint)});
}

OrderDeclaration read(std::string_view content, std::string_view text) {
  const auto place_of = [&](std::string_view part) {
    return position_at(content, static_cast<std::size_t>(part.data() - content.data()));
  };
  const std::string word(text.substr(0, text.find_first_of(" \t")));
  const auto relation = parse_order_relation(word);
  if (!relation.has_value()) {
    const auto meant = closest_match(word, {"after", "before"});
    throw problem(place_of(text),
                  "unknown declaration 'medusa:" + word + '\'',
                  meant.has_value() ? "did you mean 'medusa:" + *meant + "'?"
                                    : "there are -- medusa:after NAME, -- medusa:before NAME and "
                                      "-- medusa:allow CODE: reason");
  }
  const std::string_view other = trim(text.substr(word.size()));
  if (other.empty()) {
    throw problem(place_of(text),
                  "'medusa:" + word + "' names nobody",
                  "-- medusa:" + word + " medusa-plugin-reviews");
  }
  return {.relation = *relation, .other = std::string(other), .place = place_of(other)};
}

}  // namespace

std::vector<OrderDeclaration> read_order_lines(std::string_view content) {
  if (content.find(kPrefix) == std::string_view::npos) {
    return {};
  }
  std::vector<OrderDeclaration> order;
  bool in_head = true;
  for (const Token& token : scan(content)) {
    in_head = in_head && token.is_comment;
    const auto text = declaration_of(content, token);
    if (!text.has_value()) {
      continue;
    }
    if (!in_head) {
      throw problem(position_at(content, token.begin),
                    "a declaration behind the first statement",
                    "put it at the head of the file: it is about the whole migration");
    }
    order.push_back(read(content, *text));
  }
  return order;
}

}  // namespace medusa
