// SPDX-License-Identifier: MIT
#include "printed_lines.hpp"

#include <cstddef>

#include "medusa/core/text.hpp"

namespace medusa {

std::vector<std::string> last_lines(std::string_view program, std::string_view text) {
  constexpr std::size_t kCount = 12;
  std::vector<std::string> notes;
  for (const std::string_view line : lines(text)) {
    if (!trim(line).empty()) {
      notes.push_back(std::string(program) + ": " + std::string(line));
    }
  }
  if (notes.size() > kCount) {
    notes.erase(notes.begin(), notes.end() - static_cast<std::ptrdiff_t>(kCount));
  }
  return notes;
}

}  // namespace medusa
