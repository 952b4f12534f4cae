// SPDX-License-Identifier: MIT
// Text put into HTML and SVG. Everything that comes from outside goes through `escaped`.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace medusa {

/// The text as content or as the value of a quoted attribute: it can neither end the one nor the
/// other, and shows no control characters. Line ends stay if `keep_lines`.
[[nodiscard]] std::string escaped(std::string_view text, bool keep_lines = false);

/// A length, with at most two decimals and always a point.
[[nodiscard]] std::string number(double value);

/// The template with every {{name}} replaced. Values are not looked into: what they contain is
/// never taken for a place. @pre each name of the template is in `values`.
[[nodiscard]] std::string filled(std::string_view page,
                                 const std::map<std::string, std::string, std::less<>>& values);

}  // namespace medusa
