// SPDX-License-Identifier: MIT
#include "markup.hpp"

#include <fmt/format.h>

#include "display_width.hpp"

namespace medusa {

std::string escaped(std::string_view text, bool keep_lines) {
  std::string result;
  for (const char c : printable(text, keep_lines)) {
    switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      case '\'':
        result += "&#39;";
        break;
      default:
        result += c;
    }
  }
  return result;
}

std::string number(double value) {
  std::string text = fmt::format("{:.2f}", value);
  text.erase(text.find_last_not_of('0') + 1);
  return text.ends_with('.') ? text.substr(0, text.size() - 1) : text;
}

std::string filled(std::string_view page,
                   const std::map<std::string, std::string, std::less<>>& values) {
  std::string result;
  for (;;) {
    const std::size_t begin = page.find("{{");
    const std::size_t end = page.find("}}", begin);
    if (begin == std::string_view::npos || end == std::string_view::npos) {
      return result.append(page);
    }
    result += page.substr(0, begin);
    result += values.find(page.substr(begin + 2, end - begin - 2))->second;
    page.remove_prefix(end + 2);
  }
}

}  // namespace medusa
