// SPDX-License-Identifier: MIT
#include "progress_line.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "medusa/report/duration.hpp"

#include "display_width.hpp"

namespace medusa {

namespace {

/// What is left of a step's id beside a detail, and beside an amount.
constexpr std::size_t kReadableWhat = 12;
constexpr std::size_t kShortestWhat = 6;

std::size_t bar_width(std::size_t columns) {
  if (columns >= 100) {
    return 30;
  }
  if (columns >= 70) {
    return 20;
  }
  if (columns >= 50) {
    return 10;
  }
  return columns >= 36 ? 6 : 0;
}

std::string repeated(std::string_view text, std::size_t times) {
  std::string result;
  for (std::size_t i = 0; i < times; ++i) {
    result += text;
  }
  return result;
}

std::string bar(const Progress& progress, const Look& look) {
  const std::size_t width = bar_width(look.columns);
  if (width == 0) {
    return {};
  }
  const std::size_t full =
      progress.total == 0 ? 0 : std::min(width, width * progress.finished / progress.total);
  if (look.unicode) {
    return look.styled(repeated("━", full), Style::Good) +
           look.styled(repeated("╌", width - full), Style::Faint) + ' ';
  }
  return '[' + look.styled(std::string(full, '='), Style::Good) + std::string(width - full, ' ') +
         "] ";
}

/// As much of what the statement does as fits beside the step's id, after two blanks.
std::string statement_text(const Progress& progress, std::size_t room) {
  const std::string detail(progress.detail);
  const std::string amount(progress.amount);
  const std::string full =
      detail.empty() || amount.empty() ? detail + amount : detail + ' ' + amount;
  for (const auto& [text, what] :
       {std::pair(full, kReadableWhat), std::pair(amount, kShortestWhat)}) {
    const std::string shown = "  " + printable(text);
    if (!text.empty() && room >= display_width(shown) + what) {
      return shown;
    }
  }
  return {};
}

}  // namespace

std::string elapsed_text(std::chrono::microseconds elapsed) {
  const auto tenths = elapsed.count() / 100'000;
  return tenths < 600 ? fmt::format("{}.{} s", tenths / 10, tenths % 10)
                      : format_duration(std::chrono::floor<std::chrono::seconds>(elapsed));
}

std::string progress_line(const Progress& progress, const Look& look) {
  const std::string total = std::to_string(progress.total);
  std::string position = std::to_string(progress.position);
  position.insert(0, total.size() - std::min(total.size(), position.size()), ' ');
  const std::string count = position + '/' + total;
  const std::string time = elapsed_text(progress.elapsed);

  const std::size_t bar_columns = bar_width(look.columns);
  const std::size_t around = std::max(look.verb_width(), progress.verb.size()) + 1 +
                             (bar_columns == 0 ? 0 : bar_columns + (look.unicode ? 1U : 3U)) +
                             count.size() + 1 + 2 + time.size();
  const std::size_t room = look.columns - 1;  // a cursor behind the last column would wrap
  if (around >= room) {
    return shortened(std::string(progress.verb) + ' ' + count, room, look.ellipsis());
  }
  const std::string detail = statement_text(progress, room - around);
  const std::string what =
      shortened(printable(progress.what), room - around - display_width(detail), look.ellipsis());
  return look.verb(progress.verb, Style::StrongAccent) + bar(progress, look) + count + ' ' + what +
         detail + "  " + look.styled(time, Style::Faint);
}

}  // namespace medusa
