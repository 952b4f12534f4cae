// SPDX-License-Identifier: MIT
#include "medusa/workspace/glob.hpp"

#include <cstddef>
#include <string>
#include <system_error>
#include <utility>

#include "medusa/system/files.hpp"

namespace medusa {

namespace fs = std::filesystem;

namespace {

/// The number of bytes of the UTF-8 character that starts at `at`; a stray byte counts as one.
std::size_t character_size(std::string_view text, std::size_t at) {
  std::size_t end = at + 1;
  while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) {
    ++end;
  }
  return end - at;
}

}  // namespace

bool has_wildcard(std::string_view text) {
  return text.find_first_of("*?") != std::string_view::npos;
}

bool matches_wildcard(std::string_view pattern, std::string_view name) {
  if (name.starts_with('.') && !pattern.starts_with('.')) {
    return false;
  }
  // Only the last star needs to be revisited, so the time is bounded by the product of the sizes.
  constexpr std::size_t none = std::string_view::npos;
  std::size_t at = 0;
  std::size_t in_name = 0;
  std::size_t star = none;
  std::size_t star_in_name = 0;
  while (in_name < name.size()) {
    if (at < pattern.size() && pattern[at] == '*') {
      star = at++;
      star_in_name = in_name;
    } else if (at < pattern.size() && pattern[at] == '?') {
      ++at;
      in_name += character_size(name, in_name);
    } else if (at < pattern.size() && pattern[at] == name[in_name]) {
      ++at;
      ++in_name;
    } else if (star != none) {
      at = star + 1;
      star_in_name += character_size(name, star_in_name);
      in_name = star_in_name;
    } else {
      return false;
    }
  }
  while (at < pattern.size() && pattern[at] == '*') {
    ++at;
  }
  return at == pattern.size();
}

std::vector<fs::path> expand_glob(const fs::path& base, const fs::path& pattern) {
  std::error_code error;
  std::vector<fs::path> found{pattern.is_absolute() ? pattern.root_path() : base};
  for (const fs::path& segment : pattern.relative_path()) {
    if (segment.empty() || segment == ".") {
      continue;
    }
    std::vector<fs::path> next;
    for (const fs::path& folder : found) {
      if (!has_wildcard(segment.native()) || fs::is_directory(folder / segment, error)) {
        next.push_back(folder / segment);
        continue;
      }
      for (const std::string& name : list_names(folder)) {
        if (name != "node_modules" && matches_wildcard(segment.native(), name)) {
          next.push_back(folder / name);
        }
      }
    }
    found = std::move(next);
  }
  std::erase_if(found, [&](const fs::path& path) { return !fs::is_directory(path, error); });
  return found;
}

}  // namespace medusa
