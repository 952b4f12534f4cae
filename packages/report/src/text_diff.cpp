// SPDX-License-Identifier: MIT
#include "text_diff.hpp"

#include <algorithm>
#include <dtl/dtl.hpp>
#include <vector>

#include "medusa/core/text.hpp"

namespace medusa {

namespace {

constexpr std::size_t kContext = 3;

/// A line of the one text, the other, or both, with what marks it.
struct Edit {
  char mark = ' ';
  std::string line = {};
};

std::vector<std::string> owned_lines(std::string_view text) {
  std::vector<std::string> owned;
  for (const std::string_view line : lines(text)) {
    owned.emplace_back(line);
  }
  return owned;
}

/// dtl finds the edits. (It can print hunks as well, but with a line of context too many after them
/// and with wrong numbers for an insertion into nothing.)
std::vector<Edit> edits_between(std::string_view before, std::string_view after) {
  dtl::Diff<std::string> diff(owned_lines(before), owned_lines(after));
  diff.compose();
  std::vector<Edit> edits;
  for (const auto& [line, info] : diff.getSes().getSequence()) {
    const char mark = info.type == dtl::SES_ADD ? '+' : info.type == dtl::SES_DELETE ? '-' : ' ';
    edits.push_back({.mark = mark, .line = line});
  }
  return edits;
}

bool is_change(const Edit& edit) {
  return edit.mark != ' ';
}

/// In each run of changes what goes before what comes.
void put_removed_first(std::vector<Edit>& edits) {
  for (auto begin = edits.begin(); begin != edits.end();) {
    begin = std::find_if(begin, edits.end(), is_change);
    const auto end = std::find_if_not(begin, edits.end(), is_change);
    std::stable_partition(begin, end, [](const Edit& edit) { return edit.mark == '-'; });
    begin = end;
  }
}

/// How many lines of both texts a range of edits has.
struct Extent {
  std::size_t before = 0;
  std::size_t after = 0;
};

Extent extent_of(const std::vector<Edit>& edits, std::size_t begin, std::size_t end) {
  Extent extent;
  for (std::size_t i = begin; i < end; ++i) {
    extent.before += edits[i].mark == '+' ? 0U : 1U;
    extent.after += edits[i].mark == '-' ? 0U : 1U;
  }
  return extent;
}

/// "12,3": first line and count; of no lines the one they would follow.
std::string range(std::size_t skipped, std::size_t count) {
  return std::to_string(count == 0 ? skipped : skipped + 1) + ',' + std::to_string(count);
}

/// The end of the hunk whose first change is at `change`: the context after the last change that
/// the context of another one does not reach.
std::size_t end_of_hunk(const std::vector<Edit>& edits, std::size_t change) {
  std::size_t last = change;
  for (std::size_t i = change; i < edits.size() && i <= last + 2 * kContext + 1; ++i) {
    last = is_change(edits[i]) ? i : last;
  }
  return std::min(last + 1 + kContext, edits.size());
}

}  // namespace

std::string unified_diff(std::string_view before, std::string_view after) {
  std::vector<Edit> edits = edits_between(before, after);
  put_removed_first(edits);
  std::string text;
  Extent skipped;
  std::size_t told = 0;
  for (std::size_t change = 0; change < edits.size(); ++change) {
    if (!is_change(edits[change])) {
      continue;
    }
    const std::size_t begin = std::max(told, change - std::min(change, kContext));
    const std::size_t end = end_of_hunk(edits, change);
    const Extent between = extent_of(edits, told, begin);
    skipped = {.before = skipped.before + between.before, .after = skipped.after + between.after};
    const Extent hunk = extent_of(edits, begin, end);
    text += "@@ -" + range(skipped.before, hunk.before) + " +" + range(skipped.after, hunk.after) +
            " @@\n";
    for (std::size_t i = begin; i < end; ++i) {
      text += edits[i].mark + edits[i].line + '\n';
    }
    skipped = {.before = skipped.before + hunk.before, .after = skipped.after + hunk.after};
    told = end;
    change = end - 1;
  }
  return text;
}

}  // namespace medusa
