// SPDX-License-Identifier: MIT
#include "medusa/report/look.hpp"

namespace medusa {

namespace {

/// Narrower terminals have no room for cargo's wide margin.
constexpr std::size_t kWideEnough = 60;

/// Parameters of the SGR control sequence (ECMA-48, 8.3.117).
std::string_view sgr(Style style) {
  switch (style) {
    case Style::Plain:
      break;
    case Style::Strong:
      return "1";
    case Style::Faint:
      return "2";
    case Style::Good:
      return "32";
    case Style::Caution:
      return "33";
    case Style::Bad:
      return "31";
    case Style::Accent:
      return "36";
    case Style::StrongGood:
      return "1;32";
    case Style::StrongCaution:
      return "1;33";
    case Style::StrongBad:
      return "1;31";
    case Style::StrongAccent:
      return "1;36";
  }
  return "";
}

}  // namespace

std::string Look::styled(std::string_view text, Style style) const {
  if (!color || style == Style::Plain || text.empty()) {
    return std::string(text);
  }
  std::string result = "\x1b[";
  result += sgr(style);
  result += 'm';
  result += text;
  result += "\x1b[0m";
  return result;
}

std::string_view Look::ellipsis() const {
  return unicode ? "…" : "...";
}

std::size_t Look::verb_width() const {
  return columns == 0 || columns >= kWideEnough ? 12 : 8;
}

std::string Look::verb(std::string_view verb, Style style) const {
  const std::size_t margin = verb.size() < verb_width() ? verb_width() - verb.size() : 0;
  return std::string(margin, ' ') + styled(verb, style) + ' ';
}

}  // namespace medusa
