// SPDX-License-Identifier: MIT
// Patterns for folders: `*` (any characters) and `?` (one character) within a segment of a path.
// There is no `**` and there are no sets; all other characters mean themselves.
#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

namespace medusa {

/// True if the text contains a `*` or `?`.
[[nodiscard]] bool has_wildcard(std::string_view text);

/// True if the whole name fits the pattern of one segment. As in a shell, a wildcard does not match
/// the dot of a hidden name.
[[nodiscard]] bool matches_wildcard(std::string_view pattern, std::string_view name);

/// The folders that fit the pattern, which is relative to `base` or absolute; sorted by name,
/// segment by segment. Symbolic links to folders count. node_modules is only entered where the
/// pattern spells it.
[[nodiscard]] std::vector<std::filesystem::path> expand_glob(const std::filesystem::path& base,
                                                             const std::filesystem::path& pattern);

}  // namespace medusa
