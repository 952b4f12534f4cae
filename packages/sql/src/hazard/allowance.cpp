// SPDX-License-Identifier: MIT
#include <algorithm>

#include "medusa/core/text.hpp"
#include "medusa/sql/hazard.hpp"
#include "medusa/sql/hazard_allowance.hpp"
#include "medusa/sql/position.hpp"

#include "scan.hpp"

namespace medusa {

namespace {

constexpr std::string_view kPrefix = "medusa:allow";

/// What follows the prefix; nothing if the comment is another one.
std::optional<std::string_view> allowance_of(std::string_view comment) {
  const std::string_view text = trim(comment);
  if (!text.starts_with(kPrefix)) {
    return std::nullopt;
  }
  const std::string_view rest = text.substr(kPrefix.size());
  const bool ends = rest.empty() || rest.front() == ' ' || rest.front() == '\t';
  return ends ? std::optional(trim(rest)) : std::nullopt;
}

class AllowanceReader {
 public:
  /// @param mark what a comment begins with, for hints.
  AllowanceReader(std::string_view content, std::string_view mark)
      : content_(content),
        mark_(mark) {}

  /// "CODE, CODE: reason".
  void read(std::string_view text, std::size_t offset) {
    const std::size_t colon = text.find(':');
    const std::string_view codes = text.substr(0, colon);
    std::size_t begin = 0;
    while (begin <= codes.size()) {
      const std::size_t end = std::min(codes.find(',', begin), codes.size());
      take(std::string(trim(codes.substr(begin, end - begin))), offset);
      begin = end + 1;
    }
    if (colon == std::string_view::npos || trim(text.substr(colon + 1)).empty()) {
      add_problem(offset,
                  "'medusa:allow' does not say why",
                  std::string(mark_) + " medusa:allow " + std::string(trim(codes)) + ": <reason>");
    }
  }

  [[nodiscard]] HazardAllowances take_result() { return std::move(result_); }

 private:
  void take(const std::string& code, std::size_t offset) {
    std::vector<std::string>& known = result_.codes;
    if (parse_hazard_code(code).has_value()) {
      if (std::find(known.begin(), known.end(), code) == known.end()) {
        known.push_back(code);
      }
      return;
    }
    const auto meant = closest_match(code, hazard_codes());
    add_problem(
        offset,
        code.empty() ? "'medusa:allow' names no hazard" : "no hazard is called '" + code + '\'',
        meant.has_value() ? "did you mean '" + *meant + "'?" : "medusa explain lists all hazards");
  }

  void add_problem(std::size_t offset, std::string message, std::string hint) {
    result_.problems.push_back({.code = ErrorCode::Build,
                                .message = std::move(message),
                                .location = position_at(content_, offset),
                                .hint = std::move(hint)});
  }

  std::string_view content_;
  std::string_view mark_;
  HazardAllowances result_ = {};
};

}  // namespace

HazardAllowances sql_allowances(std::string_view content) {
  if (content.find(kPrefix) == std::string_view::npos) {
    return {};
  }
  AllowanceReader reader(content, "--");
  for (const Token& token : scan(content)) {
    const std::string_view comment = content.substr(token.begin, token.end - token.begin);
    if (token.is_comment && comment.starts_with("--")) {
      if (const auto text = allowance_of(comment.substr(2))) {
        reader.read(*text, token.begin);
      }
    }
  }
  return reader.take_result();
}

HazardAllowances script_allowances(std::string_view content) {
  AllowanceReader reader(content, "//");
  for (std::size_t at = content.find(kPrefix); at != std::string_view::npos;
       at = content.find(kPrefix, at + 1)) {
    const std::size_t mark = content.substr(0, at).find_last_not_of(" \t");
    const bool is_comment = mark != std::string_view::npos && mark > 0 && content[mark] == '/' &&
                            content[mark - 1] == '/';
    const std::size_t end = std::min(content.find_first_of("\r\n", at), content.size());
    if (const auto text = is_comment ? allowance_of(content.substr(at, end - at)) : std::nullopt) {
      reader.read(*text, at);
    }
  }
  return reader.take_result();
}

}  // namespace medusa
