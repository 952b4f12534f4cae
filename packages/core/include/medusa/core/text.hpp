// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace medusa {

/// The candidate that `word` was most likely meant to be, if one is close enough to suggest.
/// Ties go to the candidate that comes first.
[[nodiscard]] std::optional<std::string> closest_match(std::string_view word,
                                                       const std::vector<std::string>& candidates);

/// "1 migration", "3 migrations". `many` defaults to `one` + "s".
[[nodiscard]] std::string plural(std::size_t count,
                                 std::string_view one,
                                 std::string_view many = {});

/// The parts with `separator` between them.
[[nodiscard]] std::string join(const std::vector<std::string>& parts, std::string_view separator);

/// The text without leading and trailing white space.
[[nodiscard]] std::string_view trim(std::string_view text);

/// The lines of the text without their line ends ("\n" or "\r\n").
[[nodiscard]] std::vector<std::string_view> lines(std::string_view text);

/// The text as one word of a shell command, quoted if need be: for commands in hints.
[[nodiscard]] std::string shell_word(std::string_view text);

/// The text with `prefix` before each of its lines.
[[nodiscard]] std::string prefixed(std::string_view text, std::string_view prefix);

}  // namespace medusa
